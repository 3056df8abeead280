package org.isthmus.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.junit.jupiter.api.Test;

/** Which entries cannot stand side by side; each conflict names both. */
class MappingRulesTest {

    private final Map<String, DomainMapping> mappings = new LinkedHashMap<>();
    private final Map<String, Alias> aliases = new LinkedHashMap<>();

    @Test
    void acceptsAllKindsSideBySide() {
        plain("campus", "campus.example", "campus.hospital.example", "hospital.example", "hospital.example");
        plain("kept", "kept.example", "kept.example", "hospital.example", "hospital.example");
        plain("clinic", "campus.example", "campus.hospital.example", "clinic.example", "xmpp.clinic.example");
        escaped("others", "*", "sip.hospital.example", "hospital.example", "hospital.example");
        escaped("named", "named.example", "sip.hospital.example", "hospital.example", "hospital.example");
        escaped("sharing", "shared.example", "campus.hospital.example", "hospital.example", "hospital.example");
        alias("campus", "ward3@campus.hospital.example", "sip:4930123@campus.example");
        alias("campus", "desk@hospital.example", "sip:100@hospital.example");
        alias("others", "help@sip.hospital.example", "sip:help@far.example");

        assertThat(conflicts()).isEmpty();
    }

    @Test
    void refusesTwoEntriesOfOneName() {
        plain("a", "x.example", "x.gw.example", "h.example", "h.example");
        plain("a", "y.example", "y.gw.example", "h.example", "h.example");

        assertThat(conflicts()).containsExactly("/mappings/1/name: \"a\" is already the name of /mappings/0");
    }

    @Test
    void refusesTwoEntriesForTheSamePeople() {
        escaped("a", "*", "a.gw.example", "h.example", "h.example");
        escaped("b", "*", "b.gw.example", "h.example", "h.example");

        assertThat(conflicts())
                .containsExactly("/mappings/1: mapping \"a\" and mapping \"b\" join the same people:"
                        + " XMPP users of h.example and SIP users of *");
    }

    @Test
    void refusesTwoSipDomainsBehindOnePlainJidDomain() {
        plain("a", "x.example", "gw.example", "h.example", "h.example");
        plain("b", "y.example", "gw.example", "h.example", "h.example");

        assertThat(conflicts())
                .containsExactly(
                        "/mappings/1/sipUsers/appearAs: mapping \"a\" and mapping \"b\" let SIP users of x.example"
                                + " and of y.example share the JIDs of gw.example; another domain or \"style\": \"escaped\""
                                + " keeps them apart");
    }

    @Test
    void refusesTwoXmppDomainsBehindOneSipDomain() {
        plain("a", "x.example", "x.gw.example", "h.example", "out.example");
        plain("b", "x.example", "x.gw.example", "k.example", "out.example");

        assertThat(conflicts())
                .containsExactly(
                        "/mappings/1/xmppUsers/appearAs: mapping \"a\" and mapping \"b\" let XMPP users of h.example"
                                + " and of k.example share the SIP addresses of out.example");
    }

    @Test
    void refusesAnAddressThatWouldBelongToBothNetworks() {
        plain("a", "x.example", "h.example", "h.example", "x.example");

        assertThat(conflicts())
                .containsExactly(
                        "/mappings/0/sipUsers/appearAs: \"h.example\" is where the XMPP users of mapping \"a\" live,"
                                + " so SIP users of mapping \"a\" cannot appear there",
                        "/mappings/0/sipUsers/domain: \"x.example\" is where the XMPP users of mapping \"a\" appear, so it"
                                + " cannot hold SIP users of mapping \"a\": a partner may never claim an XMPP user's"
                                + " address");
    }

    @Test
    void refusesAliasesThatAreNotUniqueOrNotOfTheirMapping() {
        plain("a", "x.example", "x.gw.example", "h.example", "h.example");
        escaped("any", "*", "gw.example", "h.example", "h.example");
        alias("a", "one@x.gw.example", "sip:1@x.example");
        alias("a", "ONE@x.gw.example", "sip:2@x.example");
        alias("a", "two@x.gw.example", "sip:+49-1@x.example");
        alias("a", "three@x.gw.example", "sip:+491@x.example");
        alias("b", "four@x.gw.example", "sip:4@x.example");
        alias("a", "five@elsewhere.example", "sip:5@x.example");
        alias("a", "six@x.gw.example", "sip:6@y.example");
        alias("a", "seven@h.example", "sip:7@x.example");
        alias("any", "eight@gw.example", "sip:8@x.example");
        alias("a", "x.gw.example", "sip:x.example");
        alias("a", "stra\u00dfe@x.gw.example", "sip:11@x.example");

        assertThat(conflicts())
                .containsExactly(
                        "/aliases/1/jid: one@x.gw.example is already given by /aliases/0",
                        "/aliases/3/uri: sip:+491@x.example is already given by /aliases/2",
                        "/aliases/4/mapping: \"b\" is not a mapping",
                        "/aliases/5/jid: expected a JID of x.gw.example or h.example, the domains of mapping \"a\"",
                        "/aliases/6/uri: expected an address of x.example, the SIP domain of mapping \"a\"",
                        "/aliases/7/uri: expected an address of h.example, where the XMPP users of mapping \"a\" appear",
                        "/aliases/8/uri: x.example belongs to mapping \"a\", not to mapping \"any\"",
                        "/aliases/9/jid: expected a localpart",
                        "/aliases/9/uri: expected a user",
                        "/aliases/10/jid: PRECIS and Nodeprep spell the localpart differently");
    }

    @Test
    void neverCompilesAConflict() {
        plain("a", "x.example", "gw.example", "h.example", "h.example");
        plain("b", "y.example", "gw.example", "h.example", "h.example");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainMappings.of(List.copyOf(mappings.values()), List.of()))
                .withMessageStartingWith("/mappings/1/sipUsers/appearAs: mapping \"a\" and mapping \"b\"");
        assertThatIllegalArgumentException().isThrownBy(() -> new SipUsers("*", "gw.example", Style.PLAIN));
    }

    private void plain(String name, String sip, String jid, String xmpp, String host) {
        mapping(name, new SipUsers(sip, jid, Style.PLAIN), new XmppUsers(xmpp, host));
    }

    private void escaped(String name, String sip, String jid, String xmpp, String host) {
        mapping(name, new SipUsers(sip, jid, Style.ESCAPED), new XmppUsers(xmpp, host));
    }

    private void mapping(String name, SipUsers sipUsers, XmppUsers xmppUsers) {
        mappings.put("/mappings/" + mappings.size(), new DomainMapping(name, "partner", sipUsers, xmppUsers));
    }

    private void alias(String mapping, String jid, String uri) {
        aliases.put("/aliases/" + aliases.size(), new Alias(mapping, Jids.parse(jid), SipUri.parse(uri)));
    }

    private List<String> conflicts() {
        return DomainMappings.conflicts(mappings, aliases).stream()
                .map(c -> c.pointer() + ": " + c.text())
                .toList();
    }
}
