package org.isthmus.mappings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.Nodeprep;
import org.xmpp.packet.JID;

/**
 * What makes a set of entries reversible. Each rule names both offenders; together they promise that one address has one
 * meaning: a JID at most one SIP user or XMPP user, a SIP address likewise, and a pair of people at most one entry.
 */
final class MappingRules {

    private final List<String> mappingPointers;
    private final List<DomainMapping> mappings;
    private final List<String> aliasPointers;
    private final List<Alias> aliases;
    private final List<MappingConflict> conflicts = new ArrayList<>();

    private MappingRules(Map<String, DomainMapping> mappings, Map<String, Alias> aliases) {
        this.mappingPointers = List.copyOf(mappings.keySet());
        this.mappings = List.copyOf(mappings.values());
        this.aliasPointers = List.copyOf(aliases.keySet());
        this.aliases = List.copyOf(aliases.values());
    }

    static List<MappingConflict> check(Map<String, DomainMapping> mappings, Map<String, Alias> aliases) {
        MappingRules rules = new MappingRules(mappings, aliases);
        rules.eachNameOnce();
        rules.eachPairOnce();
        rules.oneSipDomainBehindAPlainJidDomain();
        rules.oneXmppDomainBehindASipDomain();
        rules.noAddressOnBothSides();
        rules.aliases();
        return List.copyOf(rules.conflicts);
    }

    private void eachNameOnce() {
        firstAndLater(
                m -> Optional.of(m.name()),
                (first, later, name) ->
                        report(later, "/name", quote(name) + " is already the name of " + mappingPointers.get(first)));
    }

    private void eachPairOnce() {
        firstAndLater(
                m -> Optional.of(m.xmppUsers().domain() + " " + m.sipUsers().domain()),
                (first, later, pair) -> report(
                        later,
                        "",
                        both(first, later) + " join the same people: XMPP users of "
                                + xmpp(later).domain() + " and SIP users of "
                                + sip(later).domain()));
    }

    private void oneSipDomainBehindAPlainJidDomain() {
        firstAndLater(
                m -> Optional.of(m.sipUsers())
                        .filter(u -> u.style() == Style.PLAIN)
                        .map(SipUsers::appearAs),
                (first, later, jidDomain) -> {
                    if (!sip(first).domain().equals(sip(later).domain())) {
                        report(
                                later,
                                "/sipUsers/appearAs",
                                both(first, later) + " let SIP users of "
                                        + sip(first).domain() + " and of "
                                        + sip(later).domain() + " share the JIDs of " + jidDomain
                                        + "; another domain or \"style\": \"escaped\" keeps them apart");
                    }
                });
    }

    private void oneXmppDomainBehindASipDomain() {
        firstAndLater(m -> Optional.of(m.xmppUsers().appearAs()), (first, later, sipDomain) -> {
            if (!xmpp(first).domain().equals(xmpp(later).domain())) {
                report(
                        later,
                        "/xmppUsers/appearAs",
                        both(first, later) + " let XMPP users of " + xmpp(first).domain() + " and of "
                                + xmpp(later).domain() + " share the SIP addresses of " + sipDomain);
            }
        });
    }

    private void noAddressOnBothSides() {
        Map<String, String> xmppHomes = new HashMap<>();
        Map<String, String> xmppAppearances = new HashMap<>();
        for (DomainMapping m : mappings) {
            xmppHomes.putIfAbsent(m.xmppUsers().domain(), m.name());
            xmppAppearances.putIfAbsent(m.xmppUsers().appearAs(), m.name());
        }
        for (int i = 0; i < mappings.size(); i++) {
            String here = quote(mappings.get(i).name());
            String home = xmppHomes.get(sip(i).appearAs());
            if (home != null) {
                report(
                        i,
                        "/sipUsers/appearAs",
                        quote(sip(i).appearAs()) + " is where the XMPP users of mapping " + quote(home)
                                + " live, so SIP users of mapping " + here + " cannot appear there");
            }
            String appearance = xmppAppearances.get(sip(i).domain());
            if (appearance != null) {
                report(
                        i,
                        "/sipUsers/domain",
                        quote(sip(i).domain()) + " is where the XMPP users of mapping " + quote(appearance)
                                + " appear, so it cannot hold SIP users of mapping " + here
                                + ": a partner may never claim an XMPP user's address");
            }
        }
    }

    private void aliases() {
        Map<JID, Integer> jids = new HashMap<>();
        Map<String, Integer> uris = new HashMap<>();
        for (int i = 0; i < aliases.size(); i++) {
            Alias alias = aliases.get(i);
            Integer sameJid = jids.putIfAbsent(alias.jid(), i);
            if (sameJid != null) {
                reportAlias(i, "/jid", alias.jid() + " is already given by " + aliasPointers.get(sameJid));
            }
            Integer sameUri = uris.putIfAbsent(DomainMappings.aliasKey(alias.uri()), i);
            if (sameUri != null) {
                reportAlias(i, "/uri", alias.uri() + " is already given by " + aliasPointers.get(sameUri));
            }
            String local = alias.jid().getNode();
            if (local == null) {
                reportAlias(i, "/jid", "expected a localpart");
            } else if (!Nodeprep.map(local).equals(Optional.of(local))) {
                reportAlias(i, "/jid", "PRECIS and Nodeprep spell the localpart differently");
            }
            if (alias.uri().user().isEmpty()) {
                reportAlias(i, "/uri", "expected a user");
            }
            int at = i;
            mappings.stream()
                    .filter(m -> m.name().equals(alias.mapping()))
                    .findFirst()
                    .ifPresentOrElse(
                            m -> aliasBelongs(at, alias, m),
                            () -> reportAlias(at, "/mapping", quote(alias.mapping()) + " is not a mapping"));
        }
    }

    private void aliasBelongs(int i, Alias alias, DomainMapping mapping) {
        String name = quote(mapping.name());
        String jidDomain = alias.jid().getDomain();
        String host = alias.uri().host();
        SipUsers sipUsers = mapping.sipUsers();
        XmppUsers xmppUsers = mapping.xmppUsers();
        if (jidDomain.equals(xmppUsers.domain())) {
            if (!host.equals(xmppUsers.appearAs())) {
                reportAlias(
                        i,
                        "/uri",
                        "expected an address of " + xmppUsers.appearAs() + ", where the XMPP users of mapping " + name
                                + " appear");
            }
        } else if (!jidDomain.equals(sipUsers.appearAs())) {
            reportAlias(
                    i,
                    "/jid",
                    "expected a JID of " + sipUsers.appearAs() + " or " + xmppUsers.domain()
                            + ", the domains of mapping " + name);
        } else if (sipUsers.domain().equals(DomainMapping.ANY)) {
            ownerOf(host)
                    .ifPresent(owner -> reportAlias(
                            i, "/uri", host + " belongs to mapping " + quote(owner) + ", not to mapping " + name));
        } else if (!host.equals(sipUsers.domain())) {
            reportAlias(
                    i, "/uri", "expected an address of " + sipUsers.domain() + ", the SIP domain of mapping " + name);
        }
    }

    private Optional<String> ownerOf(String host) {
        return mappings.stream()
                .filter(m -> host.equals(m.sipUsers().domain())
                        || host.equals(m.xmppUsers().appearAs())
                        || host.equals(HostName.toAscii(m.xmppUsers().domain())))
                .map(DomainMapping::name)
                .findFirst();
    }

    private interface Pair {
        void accept(int first, int later, String key);
    }

    private void firstAndLater(Function<DomainMapping, Optional<String>> key, Pair pair) {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < mappings.size(); i++) {
            int later = i;
            key.apply(mappings.get(i)).ifPresent(k -> {
                Integer first = seen.putIfAbsent(k, later);
                if (first != null) {
                    pair.accept(first, later, k);
                }
            });
        }
    }

    private SipUsers sip(int index) {
        return mappings.get(index).sipUsers();
    }

    private XmppUsers xmpp(int index) {
        return mappings.get(index).xmppUsers();
    }

    private void report(int index, String pointer, String text) {
        conflicts.add(new MappingConflict(mappingPointers.get(index) + pointer, text));
    }

    private void reportAlias(int index, String pointer, String text) {
        conflicts.add(new MappingConflict(aliasPointers.get(index) + pointer, text));
    }

    private String both(int first, int later) {
        return "mapping " + quote(mappings.get(first).name()) + " and mapping "
                + quote(mappings.get(later).name());
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }
}
