package org.isthmus.mappings;

import java.util.List;
import java.util.Optional;
import org.isthmus.mappings.AddressLookUp.Home;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMappings.Found;
import org.xmpp.packet.JID;

/**
 * Addresses of one network as addresses of the other (RFC 7247 §6), by the compiled mappings. Any thread; pure but for the
 * spelling of SIP users, which it reads and reports.
 *
 * <p>Who may speak to whom is decided with both addresses at hand: the entry must join these two people, and belong to the
 * partner that sent the request. A partner never writes in the name of an XMPP user, nor of another partner's SIP user.
 */
public final class AddressMapper {

    private final DomainMappings mappings;
    private final UserSpelling spelling;

    public AddressMapper(DomainMappings mappings, UserSpelling spelling) {
        this.mappings = mappings;
        this.spelling = spelling;
    }

    /**
     * The two people of a stanza.
     *
     * @param fromXmppUser prepared, full or bare
     * @param toSipUser prepared, of a domain that a link of the gateway serves
     */
    public Mapped<Crossing> xmppToSip(JID fromXmppUser, JID toSipUser) {
        if (!mappings.isJidDomain(toSipUser.getDomain())) {
            return mappings.isXmppDomain(toSipUser.getDomain())
                    ? refused(AddressRefusal.SAME_NETWORK, toSipUser, "an XMPP user")
                    : refused(AddressRefusal.NO_MAPPING, toSipUser, "no mapping shows SIP users on this domain");
        }
        if (toSipUser.getNode() == null) {
            return refused(AddressRefusal.NO_USER, toSipUser, "expected a localpart");
        }
        return explain(toSipUser, mappings.sipUserOf(toSipUser)).flatMap(sipUser -> {
            Optional<DomainMapping> entry = sipUser.entries().stream()
                    .filter(m -> m.xmppUsers().domain().equals(fromXmppUser.getDomain()))
                    .findFirst();
            if (entry.isEmpty()) {
                return refused(
                        AddressRefusal.NOT_IN_POPULATION,
                        fromXmppUser,
                        "no mapping joins XMPP users of " + fromXmppUser.getDomain() + " and " + toSipUser.asBareJID());
            }
            return explain(fromXmppUser, mappings.uriOfXmppUser(fromXmppUser, entry.get()))
                    .map(xmppUser -> new Crossing(
                            entry.get().name(),
                            entry.get().partner(),
                            fromXmppUser,
                            toSipUser,
                            withInstance(spelled(sipUser.address(), toSipUser), toSipUser),
                            withInstance(xmppUser.address(), fromXmppUser),
                            sipUser.address()));
        });
    }

    /**
     * The two people of a request. On success the spelling of the SIP user is reported to {@link UserSpelling}.
     *
     * @param partner name of the partner that sent it, decided by its source address
     * @param fromSipUser whom it says it is from
     * @param toXmppUser the Request-URI or To
     */
    public Mapped<Crossing> sipToXmpp(String partner, SipUri fromSipUser, SipUri toXmppUser) {
        if (toXmppUser.scheme().equals("sips")) {
            return refused(
                    AddressRefusal.SECURE_URI, toXmppUser, "XMPP cannot promise what sips asks for (RFC 7247 §8)");
        }
        if (mappings.isXmppHost(fromSipUser.host())) {
            return refused(AddressRefusal.CLAIMS_XMPP_USER, fromSipUser, "the address of an XMPP user");
        }
        if (fromSipUser.user().isEmpty()) {
            return refused(AddressRefusal.NO_USER, fromSipUser, "expected a user before the host");
        }
        List<DomainMapping> theirs = mappings.withSipUsersOf(fromSipUser.host());
        if (theirs.isEmpty()) {
            return refused(AddressRefusal.NO_MAPPING, fromSipUser, "no mapping names this SIP domain");
        }
        if (theirs.stream().noneMatch(m -> m.partner().equals(partner))) {
            return refused(
                    AddressRefusal.WRONG_PARTNER, fromSipUser, "SIP users of another partner than \"" + partner + "\"");
        }
        List<DomainMapping> ours = mappings.withXmppHost(toXmppUser.host());
        if (ours.isEmpty()) {
            return mappings.isNamedSipDomain(toXmppUser.host())
                    ? refused(AddressRefusal.SAME_NETWORK, toXmppUser, "a SIP user")
                    : refused(AddressRefusal.NO_MAPPING, toXmppUser, "no XMPP users appear on this SIP domain");
        }
        Optional<DomainMapping> entry = theirs.stream()
                .filter(m -> m.xmppUsers().appearAs().equals(toXmppUser.host()))
                .findFirst();
        if (entry.isEmpty()) {
            return refused(
                    AddressRefusal.NOT_IN_POPULATION,
                    toXmppUser,
                    "no mapping joins SIP users of " + fromSipUser.host() + " and XMPP users of " + toXmppUser.host());
        }
        if (!entry.get().partner().equals(partner)) {
            return refused(
                    AddressRefusal.WRONG_PARTNER,
                    fromSipUser,
                    "to this XMPP domain these SIP users write through another partner than \"" + partner + "\"");
        }
        return explain(toXmppUser, mappings.xmppUserOf(toXmppUser, List.of(entry.get())))
                .flatMap(xmppUser -> explain(fromSipUser, mappings.jidOfSipUser(fromSipUser, entry.get()))
                        .flatMap(sipUser -> cross(entry.get(), xmppUser.address(), sipUser, fromSipUser, toXmppUser)));
    }

    private Mapped<Crossing> cross(
            DomainMapping entry, JID xmppUser, Found<JID> sipUser, SipUri fromSipUser, SipUri toXmppUser) {
        // back again: the one canonical spelling of both, whatever the request wrote
        return explain(fromSipUser, mappings.sipUserOf(sipUser.address()))
                .flatMap(canonical -> explain(toXmppUser, mappings.uriOfXmppUser(xmppUser, entry))
                        .flatMap(uri -> withResource(xmppUser, toXmppUser)
                                .flatMap(fullXmppUser -> withResource(sipUser.address(), fromSipUser)
                                        .map(fullSipUser -> {
                                            fromSipUser
                                                    .user()
                                                    .ifPresent(user -> spelling.seen(sipUser.address(), user));
                                            SipUri asWritten = fromSipUser.aor();
                                            return new Crossing(
                                                    entry.name(),
                                                    entry.partner(),
                                                    fullXmppUser,
                                                    fullSipUser,
                                                    withInstance(asWritten, fullSipUser),
                                                    withInstance(uri.address(), fullXmppUser),
                                                    canonical.address());
                                        }))));
    }

    /** What one JID becomes, whoever asks: it belongs to a SIP user or to an XMPP user, never to both. */
    public Mapped<AddressLookUp> lookUp(JID jid) {
        String domain = jid.getDomain();
        if (mappings.isJidDomain(domain)) {
            return explain(jid, mappings.sipUserOf(jid)).map(found -> {
                DomainMapping entry = found.entries().get(0);
                return new AddressLookUp(
                        entry.name(),
                        jid,
                        withInstance(found.address(), jid),
                        Home.SIP,
                        whySip(entry.sipUsers(), found.byAlias()));
            });
        }
        List<DomainMapping> entries = mappings.withXmppDomain(domain);
        if (entries.isEmpty()) {
            return refused(AddressRefusal.NO_MAPPING, jid, "no mapping names the domain " + domain);
        }
        DomainMapping entry = entries.get(0);
        return explain(jid, mappings.uriOfXmppUser(jid, entry))
                .map(found -> new AddressLookUp(
                        entry.name(),
                        jid,
                        withInstance(found.address(), jid),
                        Home.XMPP,
                        whyXmpp(entry, found.byAlias())));
    }

    /** What one SIP URI becomes, whoever asks. */
    public Mapped<AddressLookUp> lookUp(SipUri uri) {
        if (!mappings.isXmppHost(uri.host())) {
            return lookUpSipUser(uri);
        }
        List<DomainMapping> entries = mappings.withXmppHost(uri.host());
        if (entries.isEmpty()) {
            return refused(AddressRefusal.NO_MAPPING, uri, "an XMPP domain that appears under another name on SIP");
        }
        DomainMapping entry = entries.get(0);
        return explain(uri, mappings.xmppUserOf(uri, entries))
                .flatMap(found -> withResource(found.address(), uri))
                .flatMap(jid -> explain(uri, mappings.uriOfXmppUser(jid, entry))
                        .map(canonical -> new AddressLookUp(
                                entry.name(),
                                jid,
                                withInstance(canonical.address(), jid),
                                Home.XMPP,
                                whyXmpp(entry, canonical.byAlias()))));
    }

    private Mapped<AddressLookUp> lookUpSipUser(SipUri uri) {
        List<DomainMapping> entries = mappings.withSipUsersOf(uri.host());
        if (entries.isEmpty()) {
            return refused(AddressRefusal.NO_MAPPING, uri, "no mapping names the SIP domain " + uri.host());
        }
        DomainMapping entry = entries.get(0);
        return explain(uri, mappings.jidOfSipUser(uri, entry))
                .flatMap(found -> withResource(found.address(), uri))
                .flatMap(jid -> explain(uri, mappings.sipUserOf(jid))
                        .map(canonical -> new AddressLookUp(
                                entry.name(),
                                jid,
                                withInstance(canonical.address(), jid),
                                Home.SIP,
                                whySip(entry.sipUsers(), canonical.byAlias()))));
    }

    /** The spelling SIP last used, if it still leads to the same person. */
    private SipUri spelled(SipUri canonical, JID sipUser) {
        Optional<String> last = spelling.lastSeen(sipUser.asBareJID()).filter(user -> !user.isEmpty());
        if (last.isEmpty()) {
            return canonical;
        }
        SipUri candidate = SipUri.of(last.get(), canonical.host());
        return DomainMappings.aliasKey(candidate).equals(DomainMappings.aliasKey(canonical)) ? candidate : canonical;
    }

    /** The resource as {@code gr} (RFC 7247 §6.3, §6.5 step 8). */
    private static SipUri withInstance(SipUri aor, JID jid) {
        String resource = jid.getResource();
        return resource == null ? aor : aor.withParam("gr", resource);
    }

    /** {@code gr} with a value as resource (RFC 7247 §6.4 step 8); a temporary GRUU has none. */
    private static Mapped<JID> withResource(JID bare, SipUri uri) {
        Optional<String> instance = uri.gr();
        if (instance.isEmpty()) {
            return Mapped.ok(bare);
        }
        try {
            return Mapped.ok(Jids.of(bare.getNode(), bare.getDomain(), instance.get()));
        } catch (JidSyntaxException noResource) {
            return refused(AddressRefusal.NOT_PREPARABLE, uri, "gr: " + noResource.getMessage());
        }
    }

    private static String whySip(SipUsers users, boolean byAlias) {
        return byAlias
                ? "alias of a SIP user"
                : "SIP users of " + users.domain() + " appear on " + users.appearAs()
                        + switch (users.style()) {
                            case PLAIN -> "";
                            case ESCAPED -> ", the whole address in the localpart";
                        };
    }

    private static String whyXmpp(DomainMapping entry, boolean byAlias) {
        return byAlias
                ? "alias of an XMPP user"
                : "XMPP users of " + entry.xmppUsers().domain() + " appear on "
                        + entry.xmppUsers().appearAs();
    }

    private static <T> Mapped<T> explain(Object address, Mapped<T> mapped) {
        return mapped.fold(Mapped::ok, (reason, detail) -> refused(reason, address, detail));
    }

    private static <T> Mapped<T> refused(AddressRefusal reason, Object address, String rule) {
        return Mapped.refused(reason, address + ": " + rule);
    }
}
