package org.isthmus.mappings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.isthmus.mappings.AddressLookUp.Home;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two people at once: who may speak to whom, and under which names. */
class AddressMapperTest {

    private static final XmppUsers HOSPITAL = new XmppUsers("hospital.example", "hospital.example");

    private static final DomainMapping CAMPUS = new DomainMapping(
            "campus", "campus", new SipUsers("campus.example", "campus.hospital.example", Style.PLAIN), HOSPITAL);

    private static final DomainMapping OTHERS =
            new DomainMapping("others", "trunk", new SipUsers("*", "sip.hospital.example", Style.ESCAPED), HOSPITAL);

    private static final DomainMapping CLINIC = new DomainMapping(
            "clinic",
            "campus",
            new SipUsers("campus.example", "campus.hospital.example", Style.PLAIN),
            new XmppUsers("clinic.example", "xmpp.clinic.example"));

    private static final List<Alias> ALIASES = List.of(
            new Alias(
                    "campus", Jids.parse("ward3@campus.hospital.example"), SipUri.parse("sip:4930123@campus.example")),
            new Alias("campus", Jids.parse("reception@hospital.example"), SipUri.parse("sip:100@hospital.example")));

    private final RecentSpellings spellings = new RecentSpellings(10);

    private final AddressMapper mapper =
            new AddressMapper(DomainMappings.of(List.of(CAMPUS, OTHERS, CLINIC), ALIASES), spellings);

    @Test
    void carriesBothAddressesOfAStanza() {
        assertThat(ok(mapper.xmppToSip(
                        Jids.parse("romeo@hospital.example/Home PC"),
                        Jids.parse("o\\27malley@campus.hospital.example"))))
                .isEqualTo(new Crossing(
                        "campus",
                        "campus",
                        Jids.parse("romeo@hospital.example/Home PC"),
                        Jids.parse("o\\27malley@campus.hospital.example"),
                        SipUri.parse("sip:o'malley@campus.example"),
                        SipUri.parse("sip:romeo@hospital.example;gr=Home%20PC")));
    }

    @Test
    void carriesBothAddressesOfARequest() {
        assertThat(ok(mapper.sipToXmpp(
                        "trunk",
                        SipUri.parse("sip:bob@other.example:5070;gr=desk;transport=tcp"),
                        SipUri.parse("sip:romeo@hospital.example;gr=Home%20PC"))))
                .isEqualTo(new Crossing(
                        "others",
                        "trunk",
                        Jids.parse("romeo@hospital.example/Home PC"),
                        Jids.parse("bob\\40other.example@sip.hospital.example/desk"),
                        SipUri.parse("sip:bob@other.example;gr=desk"),
                        SipUri.parse("sip:romeo@hospital.example;gr=Home%20PC"),
                        SipUri.parse("sip:bob@other.example")));
    }

    @Test
    void choosesTheEntryByBothPeople() {
        assertThat(ok(mapper.xmppToSip(Jids.parse("ann@clinic.example"), Jids.parse("bob@campus.hospital.example")))
                        .xmppUserAsUri())
                .hasToString("sip:ann@xmpp.clinic.example");
        assertThat(ok(mapper.sipToXmpp(
                                "campus",
                                SipUri.parse("sip:bob@campus.example"),
                                SipUri.parse("sip:ann@XMPP.clinic.example")))
                        .xmppUser())
                .hasToString("ann@clinic.example");
    }

    @ParameterizedTest
    @CsvSource({
        "romeo@hospital.example, bob@nowhere.example, NO_MAPPING",
        "romeo@hospital.example, ann@clinic.example, SAME_NETWORK",
        "romeo@elsewhere.example, bob@campus.hospital.example, NOT_IN_POPULATION",
        "ann@clinic.example, bob\\40other.example@sip.hospital.example, NOT_IN_POPULATION",
        "romeo@hospital.example, campus.hospital.example, NO_USER",
        "romeo@hospital.example, sip.hospital.example, NO_USER",
        "romeo@hospital.example, bob@sip.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, \\40other.example@sip.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, bob\\40@sip.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, bob\\40a..b@sip.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, bob\\40campus.example@sip.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, bob\\40hospital.example@sip.hospital.example, SAME_NETWORK",
        "romeo@hospital.example, bob\\40clinic.example@sip.hospital.example, SAME_NETWORK",
        "romeo@hospital.example, a\\5cb@campus.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, a\\20@campus.hospital.example, SPACE_AT_END",
        "romeo@hospital.example, +49-30-1@campus.hospital.example, NOT_CANONICAL",
        "romeo@hospital.example, stra\u00dfe@campus.hospital.example, AMBIGUOUS_SPELLING",
        "stra\u00dfe@hospital.example, bob@campus.hospital.example, AMBIGUOUS_SPELLING",
        "romeo@hospital.example, 4930123@campus.hospital.example, NOT_CANONICAL",
        "100@hospital.example, bob@campus.hospital.example, TAKEN_BY_ALIAS",
    })
    void refusesAStanzaWithTheRule(String from, String to, AddressRefusal reason) {
        assertThat(why(mapper.xmppToSip(Jids.parse(from), Jids.parse(to)))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "trunk, sip:romeo@hospital.example, sip:romeo@hospital.example, CLAIMS_XMPP_USER",
        "trunk, sip:romeo@HOSPITAL.example, sip:juliet@hospital.example, CLAIMS_XMPP_USER",
        "trunk, sip:100@hospital.example, sip:juliet@hospital.example, CLAIMS_XMPP_USER",
        "trunk, sip:ann@clinic.example, sip:juliet@hospital.example, CLAIMS_XMPP_USER",
        "trunk, sip:ann@xmpp.clinic.example, sip:juliet@hospital.example, CLAIMS_XMPP_USER",
        "trunk, sip:bob@campus.example, sip:juliet@hospital.example, WRONG_PARTNER",
        "campus, sip:bob@other.example, sip:juliet@hospital.example, WRONG_PARTNER",
        "campus, sip:bob@campus.example, sip:juliet@nowhere.example, NO_MAPPING",
        "campus, sip:bob@campus.example, sip:eve@campus.example, SAME_NETWORK",
        "trunk, sip:bob@other.example, sip:ann@xmpp.clinic.example, NOT_IN_POPULATION",
        "campus, sip:bob@campus.example, sips:juliet@hospital.example, SECURE_URI",
        "campus, sip:campus.example, sip:juliet@hospital.example, NO_USER",
        "trunk, sip:other.example, sip:juliet@hospital.example, NO_USER",
        "campus, sip:ward3@campus.example, sip:juliet@hospital.example, TAKEN_BY_ALIAS",
        "campus, sip:bob@campus.example, sip:reception@hospital.example, NOT_CANONICAL",
        "campus, sip:%20bob@campus.example, sip:juliet@hospital.example, SPACE_AT_END",
        "campus, sip:bob%00@campus.example, sip:juliet@hospital.example, NOT_PREPARABLE",
        "campus, sip:bob@campus.example, sip:juliet@hospital.example;gr=a%01b, NOT_PREPARABLE",
    })
    void refusesARequestWithTheRule(String partner, String from, String to, AddressRefusal reason) {
        assertThat(why(mapper.sipToXmpp(partner, SipUri.parse(from), SipUri.parse(to))))
                .isEqualTo(reason);
    }

    @Test
    void usesAliasesOfBothPopulations() {
        Crossing out = ok(mapper.xmppToSip(
                Jids.parse("reception@hospital.example/a"), Jids.parse("ward3@campus.hospital.example")));
        Crossing in = ok(mapper.sipToXmpp(
                "campus", SipUri.parse("sip:4930123@campus.example"), SipUri.parse("sip:100@hospital.example;gr=a")));

        assertThat(out.sipUser()).hasToString("sip:4930123@campus.example");
        assertThat(out.xmppUserAsUri()).hasToString("sip:100@hospital.example;gr=a");
        assertThat(in).isEqualTo(out);
    }

    @Test
    void answersInTheSpellingThatSipUsedLastAndKeepsOneKey() {
        SipUri juliet = SipUri.parse("sip:juliet@hospital.example");
        Crossing first = ok(mapper.sipToXmpp("campus", SipUri.parse("sip:Bob.Smith@Campus.example"), juliet));
        Crossing back = ok(mapper.xmppToSip(first.xmppUser(), first.sipUserAsJid()));
        Crossing later = ok(mapper.sipToXmpp("campus", SipUri.parse("sip:bob.SMITH@campus.example"), juliet));

        assertThat(first.sipUserAsJid()).hasToString("bob.smith@campus.hospital.example");
        assertThat(first.sipUser()).hasToString("sip:Bob.Smith@campus.example");
        assertThat(back.sipUser()).hasToString("sip:Bob.Smith@campus.example");
        assertThat(ok(mapper.xmppToSip(first.xmppUser(), first.sipUserAsJid())).sipUser())
                .isEqualTo(later.sipUser());
        assertThat(List.of(first.sipAor(), back.sipAor(), later.sipAor()))
                .containsOnly(SipUri.parse("sip:bob.smith@campus.example"));
    }

    @Test
    void ignoresASpellingThatLeadsToSomebodyElse() {
        spellings.seen(Jids.parse("bob@campus.hospital.example"), "eve");

        assertThat(ok(mapper.xmppToSip(Jids.parse("romeo@hospital.example"), Jids.parse("bob@campus.hospital.example")))
                        .sipUser())
                .hasToString("sip:bob@campus.example");
    }

    @Test
    void remembersNoSpellingOfARefusedRequest() {
        Mapped<Crossing> refused = mapper.sipToXmpp(
                "trunk", SipUri.parse("sip:BOB@campus.example"), SipUri.parse("sip:juliet@hospital.example"));

        assertThat(why(refused)).isEqualTo(AddressRefusal.WRONG_PARTNER);
        assertThat(spellings.lastSeen(Jids.parse("bob@campus.hospital.example")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:+49-30-123@campus.example, +4930123@campus.hospital.example",
        "sip:+49(30)1.23;phone-context=x@campus.example, +4930123@campus.hospital.example",
        "sip:030-123@campus.example;user=phone, 030123@campus.hospital.example",
        "sip:030-123@campus.example, 030-123@campus.hospital.example",
        "sip:+4930;ext=7@campus.example, +4930;ext=7@campus.hospital.example",
        "sip:+49-30-123@other.example, +4930123\\40other.example@sip.hospital.example",
        "sip:bob@[2001:DB8:0::1]:5060, bob\\40[2001\\3adb8\\3a\\3a1]@sip.hospital.example",
        "sip:b%40c@other.example, b\\40c\\40other.example@sip.hospital.example",
        "sip:bob@xn--strae-oqa.example, bob\\40xn--strae-oqa.example@sip.hospital.example",
    })
    void showsASipUserUnderOneName(String uri, String jid) {
        assertThat(lookUp(mapper.lookUp(SipUri.parse(uri))).jid()).hasToString(jid);
        AddressLookUp back = lookUp(mapper.lookUp(Jids.parse(jid)));
        assertThat(back.home()).isEqualTo(Home.SIP);
        assertThat(lookUp(mapper.lookUp(back.uri())).jid()).hasToString(jid);
    }

    @Test
    void looksUpEachAddressByItself() {
        assertThat(lookUp(mapper.lookUp(Jids.parse("romeo@hospital.example/x"))))
                .isEqualTo(new AddressLookUp(
                        "campus",
                        Jids.parse("romeo@hospital.example/x"),
                        SipUri.parse("sip:romeo@hospital.example;gr=x"),
                        Home.XMPP,
                        "XMPP users of hospital.example appear on hospital.example"));
        assertThat(lookUp(mapper.lookUp(SipUri.parse("sip:ROMEO@hospital.example")))
                        .jid())
                .hasToString("romeo@hospital.example");
        assertThat(lookUp(mapper.lookUp(SipUri.parse("sip:4930123@campus.example")))
                        .why())
                .isEqualTo("alias of a SIP user");
        assertThat(why(mapper.lookUp(SipUri.parse("sip:ann@clinic.example")))).isEqualTo(AddressRefusal.NO_MAPPING);
        assertThat(why(mapper.lookUp(Jids.parse("x@nowhere.example")))).isEqualTo(AddressRefusal.NO_MAPPING);
    }

    @Test
    void keepsPlainAndWholeAddressesApartOnOneDomain() {
        DomainMapping plain = new DomainMapping(
                "plain", "campus", new SipUsers("campus.example", "gw.example", Style.PLAIN), HOSPITAL);
        DomainMapping any = new DomainMapping("any", "trunk", new SipUsers("*", "gw.example", Style.ESCAPED), HOSPITAL);
        AddressMapper shared =
                new AddressMapper(DomainMappings.of(List.of(plain, any), List.of()), UserSpelling.none());

        assertThat(lookUp(shared.lookUp(Jids.parse("bob@gw.example"))).uri()).hasToString("sip:bob@campus.example");
        assertThat(lookUp(shared.lookUp(Jids.parse("bob\\40x.example@gw.example")))
                        .uri())
                .hasToString("sip:bob@x.example");
        assertThat(why(shared.lookUp(SipUri.parse("sip:bob%40x.example@campus.example"))))
                .isEqualTo(AddressRefusal.AMBIGUOUS_SPELLING);
    }

    private static Crossing ok(Mapped<Crossing> mapped) {
        return mapped.fold(value -> value, (reason, detail) -> fail(reason + " " + detail));
    }

    private static AddressLookUp lookUp(Mapped<AddressLookUp> mapped) {
        return mapped.fold(value -> value, (reason, detail) -> fail(reason + " " + detail));
    }

    private static AddressRefusal why(Mapped<?> mapped) {
        return mapped.fold(value -> fail("mapped to " + value), (reason, detail) -> reason);
    }
}
