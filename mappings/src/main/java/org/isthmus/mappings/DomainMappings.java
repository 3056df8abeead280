package org.isthmus.mappings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.TelephoneNumber;
import org.xmpp.packet.JID;

/**
 * All entries and aliases, compiled for look-up: immutable, any thread, replaced as a whole.
 *
 * <p>An exact SIP domain beats {@code *} everywhere, aliases beat both. Because no set of entries with a conflict compiles, a
 * JID or a SIP address leads to one person; only the entry may depend on whom he speaks to.
 */
public final class DomainMappings {

    /** A SIP user and the entries that name her population; one of them is the right one for the XMPP user at hand. */
    record Found<T>(T address, List<DomainMapping> entries, boolean byAlias) {}

    private final List<DomainMapping> all;
    private final List<Alias> aliases;
    private final Map<String, List<DomainMapping>> byJidDomain = new HashMap<>();
    private final Map<String, List<DomainMapping>> bySipDomain = new HashMap<>();
    private final Map<String, List<DomainMapping>> byXmppDomain = new HashMap<>();
    private final Map<String, List<DomainMapping>> byXmppHost = new HashMap<>();
    private final Set<String> xmppDomainsInAscii = new HashSet<>();
    private final Map<JID, Alias> aliasByJid = new HashMap<>();
    private final Map<String, Alias> aliasByUri = new HashMap<>();

    private DomainMappings(List<DomainMapping> mappings, List<Alias> aliases) {
        this.all = List.copyOf(mappings);
        this.aliases = List.copyOf(aliases);
        for (DomainMapping m : all) {
            add(byJidDomain, m.sipUsers().appearAs(), m);
            add(bySipDomain, m.sipUsers().domain(), m);
            add(byXmppDomain, m.xmppUsers().domain(), m);
            add(byXmppHost, m.xmppUsers().appearAs(), m);
            xmppDomainsInAscii.add(HostName.toAscii(m.xmppUsers().domain()));
        }
        for (Alias alias : this.aliases) {
            aliasByJid.put(alias.jid(), alias);
            aliasByUri.put(aliasKey(alias.uri()), alias);
        }
    }

    /**
     * What keeps these entries from being compiled; empty when nothing does.
     *
     * @param mappings by JSON pointer, in the order of the file
     * @param aliases by JSON pointer, in the order of the file
     */
    public static List<MappingConflict> conflicts(Map<String, DomainMapping> mappings, Map<String, Alias> aliases) {
        return MappingRules.check(mappings, aliases);
    }

    /**
     * Compiles entries without conflicts.
     *
     * @throws IllegalArgumentException when there are conflicts
     */
    public static DomainMappings of(List<DomainMapping> mappings, List<Alias> aliases) {
        List<MappingConflict> conflicts = conflicts(numbered("/mappings/", mappings), numbered("/aliases/", aliases));
        if (!conflicts.isEmpty()) {
            MappingConflict first = conflicts.get(0);
            throw new IllegalArgumentException(first.pointer() + ": " + first.text());
        }
        return new DomainMappings(mappings, aliases);
    }

    private static <T> Map<String, T> numbered(String pointer, List<T> entries) {
        Map<String, T> out = new LinkedHashMap<>();
        entries.forEach(entry -> out.put(pointer + out.size(), entry));
        return out;
    }

    /** The entries in the order of the file. */
    public List<DomainMapping> all() {
        return all;
    }

    /** The aliases in the order of the file. */
    public List<Alias> aliases() {
        return aliases;
    }

    /** Whether JIDs of this domain are SIP users. */
    boolean isJidDomain(String domain) {
        return byJidDomain.containsKey(domain);
    }

    boolean isXmppDomain(String domain) {
        return byXmppDomain.containsKey(domain);
    }

    boolean isNamedSipDomain(String host) {
        return bySipDomain.containsKey(host);
    }

    /** Whether a SIP address of this host is, or could be taken for, an XMPP user's. */
    public boolean isXmppHost(String host) {
        return !isNamedSipDomain(host) && (byXmppHost.containsKey(host) || xmppDomainsInAscii.contains(host));
    }

    List<DomainMapping> withXmppHost(String host) {
        return byXmppHost.getOrDefault(host, List.of());
    }

    List<DomainMapping> withXmppDomain(String domain) {
        return byXmppDomain.getOrDefault(domain, List.of());
    }

    /** The entries for SIP users of this host: those that name it, else those of {@code *}. */
    List<DomainMapping> withSipUsersOf(String host) {
        List<DomainMapping> named = bySipDomain.get(host);
        return named != null ? named : bySipDomain.getOrDefault(DomainMapping.ANY, List.of());
    }

    /** The SIP user behind a JID of a {@linkplain #isJidDomain JID domain}, in canonical spelling. */
    Mapped<Found<SipUri>> sipUserOf(JID jid) {
        List<DomainMapping> entries = byJidDomain.getOrDefault(jid.getDomain(), List.of());
        Alias alias = aliasByJid.get(jid.asBareJID());
        if (alias != null) {
            List<DomainMapping> population = populationOf(alias, entries);
            return Mapped.ok(new Found<>(alias.uri(), population, true));
        }
        return populationOf(jid, entries)
                .flatMap(population -> population.get(0).sipUsers().uriOf(jid).flatMap(uri -> {
                    Alias elsewhere = aliasByUri.get(aliasKey(uri));
                    return elsewhere == null
                            ? Mapped.ok(new Found<>(uri, population, false))
                            : Mapped.refused(
                                    AddressRefusal.NOT_CANONICAL,
                                    "an alias gives this user the JID " + elsewhere.jid());
                }));
    }

    /** The bare JID of a SIP user, as this entry shows her. */
    Mapped<Found<JID>> jidOfSipUser(SipUri uri, DomainMapping entry) {
        Alias alias = aliasByUri.get(aliasKey(uri));
        if (alias != null) {
            return Mapped.ok(new Found<>(alias.jid(), List.of(entry), true));
        }
        SipUsers users = entry.sipUsers();
        return users.jidOf(uri).flatMap(jid -> {
            if (aliasByJid.containsKey(jid)) {
                return Mapped.refused(AddressRefusal.TAKEN_BY_ALIAS, "an alias gives " + jid + " to another address");
            }
            // on a domain that also carries whole addresses, a user with an @ would be read as one
            boolean twoReadings = users.style() == Style.PLAIN
                    && uri.user().filter(user -> user.indexOf('@') >= 0).isPresent()
                    && byJidDomain.getOrDefault(users.appearAs(), List.of()).stream()
                            .anyMatch(m -> m.sipUsers().style() == Style.ESCAPED);
            return twoReadings
                    ? Mapped.refused(
                            AddressRefusal.AMBIGUOUS_SPELLING,
                            jid + " is read as a whole address of another SIP domain")
                    : Mapped.ok(new Found<>(jid, List.of(entry), false));
        });
    }

    /** The SIP address of record of an XMPP user, as this entry shows him. */
    Mapped<Found<SipUri>> uriOfXmppUser(JID jid, DomainMapping entry) {
        Alias alias = aliasByJid.get(jid.asBareJID());
        if (alias != null && alias.uri().host().equals(entry.xmppUsers().appearAs())) {
            return Mapped.ok(new Found<>(alias.uri(), List.of(entry), true));
        }
        return entry.xmppUsers()
                .uriOf(jid)
                .flatMap(uri -> aliasByUri.containsKey(aliasKey(uri))
                        ? Mapped.refused(
                                AddressRefusal.TAKEN_BY_ALIAS, "an alias gives " + uri + " to another XMPP user")
                        : Mapped.ok(new Found<>(uri, List.of(entry), false)));
    }

    /** The bare JID of the XMPP user behind a SIP address; all users of one host are of one domain. */
    Mapped<Found<JID>> xmppUserOf(SipUri uri, List<DomainMapping> entries) {
        Alias alias = aliasByUri.get(aliasKey(uri));
        if (alias != null) {
            return Mapped.ok(new Found<>(alias.jid(), entries, true));
        }
        XmppUsers users = entries.get(0).xmppUsers();
        return users.jidOf(uri).flatMap(jid -> {
            Alias elsewhere = aliasByJid.get(jid);
            return elsewhere != null && elsewhere.uri().host().equals(uri.host())
                    ? Mapped.refused(
                            AddressRefusal.NOT_CANONICAL, "an alias gives this user the address " + elsewhere.uri())
                    : Mapped.ok(new Found<>(jid, entries, false));
        });
    }

    /** Which of the populations on this domain the localpart speaks of. */
    private Mapped<List<DomainMapping>> populationOf(JID jid, List<DomainMapping> entries) {
        List<DomainMapping> plain = entries.stream()
                .filter(m -> m.sipUsers().style() == Style.PLAIN)
                .toList();
        List<DomainMapping> escaped = entries.stream()
                .filter(m -> m.sipUsers().style() == Style.ESCAPED)
                .toList();
        String local = jid.getNode();
        int at = local == null ? -1 : local.lastIndexOf("\\40");
        if (escaped.isEmpty() || (at < 0 && !plain.isEmpty())) {
            return Mapped.ok(plain);
        }
        if (local == null) {
            return Mapped.refused(AddressRefusal.NO_USER, "expected a localpart");
        }
        if (at < 0) {
            return Mapped.refused(
                    AddressRefusal.NOT_CANONICAL, "expected user\\40host, the whole SIP address, as localpart");
        }
        return escaped.get(0).sipUsers().uriOf(jid).flatMap(uri -> {
            String host = uri.host();
            List<DomainMapping> named = escaped.stream()
                    .filter(m -> m.sipUsers().domain().equals(host))
                    .toList();
            if (!named.isEmpty()) {
                return Mapped.ok(named);
            }
            if (isNamedSipDomain(host)) {
                return Mapped.refused(
                        AddressRefusal.NOT_CANONICAL,
                        "users of " + host + " have JIDs of "
                                + withSipUsersOf(host).get(0).sipUsers().appearAs());
            }
            if (isXmppHost(host)) {
                return Mapped.refused(AddressRefusal.SAME_NETWORK, host + " is where XMPP users appear");
            }
            List<DomainMapping> any = escaped.stream()
                    .filter(m -> m.sipUsers().domain().equals(DomainMapping.ANY))
                    .toList();
            return any.isEmpty()
                    ? Mapped.refused(AddressRefusal.NO_MAPPING, "no mapping names the SIP domain " + host)
                    : Mapped.ok(any);
        });
    }

    private List<DomainMapping> populationOf(Alias alias, List<DomainMapping> entries) {
        Optional<SipUsers> users = all.stream()
                .filter(m -> m.name().equals(alias.mapping()))
                .map(DomainMapping::sipUsers)
                .findFirst();
        return entries.stream()
                .filter(m -> users.equals(Optional.of(m.sipUsers())))
                .toList();
    }

    /** Two spellings of one alias address have one key. */
    static String aliasKey(SipUri uri) {
        boolean phone = "phone".equalsIgnoreCase(uri.params().get("user"));
        String user = uri.user()
                .map(name -> TelephoneNumber.canonical(name, phone).orElse(name))
                .orElse("");
        return Localparts.fold(user) + "@" + uri.host();
    }

    private static void add(Map<String, List<DomainMapping>> map, String key, DomainMapping mapping) {
        map.computeIfAbsent(key, k -> new ArrayList<>()).add(mapping);
    }
}
