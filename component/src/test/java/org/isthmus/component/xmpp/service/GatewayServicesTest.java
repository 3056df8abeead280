package org.isthmus.component.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.isthmus.component.xmpp.stanza.DispatchBed;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.isthmus.component.xmpp.stanza.RecordingOut;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayServicesTest {

    private static XmlElement ask(String type, String to, String payload) {
        try (DispatchBed bed = ServiceBed.withCatchAll()) {
            bed.receive("<iq type='" + type + "' from='a@hospital.example/r' to='" + to + "' id='q' xml:lang='en'>"
                    + payload + "</iq>");
            return bed.out.only();
        }
    }

    private static XmlElement get(String to, String payload) {
        XmlElement answer = ask("get", to, payload);
        assertThat(answer.attribute("type")).as("answer of %s", to).contains("result");
        return answer;
    }

    private static String refused(String type, String to, String payload) {
        XmlElement answer = ask(type, to, payload);
        assertThat(answer.attribute("type")).contains("error");
        return StanzaErrorXml.read(
                        answer.child("jabber:component:accept", "error").orElseThrow())
                .condition()
                .wire();
    }

    @ParameterizedTest
    @CsvSource({
        "sip.hospital.example, gateway, simple",
        "joe@sip.hospital.example, account, registered",
        "joe@sip.hospital.example/phone, client, phone",
        "joe\\40other.example@gw.hospital.example, account, registered"
    })
    void sayWhoEverybodyIs(String to, String category, String type) {
        XmlElement query = get(to, "<query xmlns='http://jabber.org/protocol/disco#info'/>")
                .elements()
                .get(0);
        XmlElement identity = query.child(DiscoInfo.NAMESPACE, "identity").orElseThrow();
        assertThat(identity.attribute("category")).contains(category);
        assertThat(identity.attribute("type")).contains(type);
    }

    @Test
    void saysWhatTheGatewayCan() {
        assertThat(GatewayVectorsTest.features(
                        get("sip.hospital.example", "<query xmlns='http://jabber.org/protocol/disco#info'/>")))
                .contains(
                        "http://jabber.org/protocol/disco#info",
                        "http://jabber.org/protocol/disco#items",
                        "jabber:iq:version",
                        "urn:xmpp:ping",
                        "jabber:iq:gateway",
                        "jid\\20escaping",
                        "vcard-temp")
                .doesNotContain("jabber:iq:register", "urn:test:device")
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void saysWhatADeviceCanAndWhatOthersAdd() {
        Row file = Row.of(
                "urn:test:file",
                "offer",
                EnumSet.of(Verb.SET),
                EnumSet.of(IqTarget.DEVICE),
                (request, answer) -> answer.result());
        try (DispatchBed bed = ServiceBed.plain(file)) {
            String question = "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>";
            bed.receive(
                    "<iq type='get' from='a@hospital.example/r' to='joe@sip.hospital.example/x' id='1'>" + question);
            assertThat(GatewayVectorsTest.features(bed.out.only()))
                    .contains("urn:test:file", "urn:test:device", Capabilities.NAMESPACE)
                    .doesNotContain("jabber:iq:gateway");
            bed.receive("<iq type='get' from='a@hospital.example/r' to='joe@sip.hospital.example' id='2'>" + question);
            assertThat(GatewayVectorsTest.features(bed.out.only())).doesNotContain("urn:test:file");
        }
    }

    @Test
    void mirrorsTheNodeOfItsOwnCapabilitiesAndKnowsNoOther() {
        GatewayServices services = ServiceBed.services(List.of(), List.of());
        String ver = services.capabilities()
                .element(Jids.parse("joe@sip.hospital.example/phone"))
                .attribute("ver")
                .orElseThrow();
        String node = ServiceBed.NODE + "#" + ver;
        XmlElement query = get(
                        "joe@sip.hospital.example/phone",
                        "<query xmlns='http://jabber.org/protocol/disco#info' node='" + node + "'/>")
                .elements()
                .get(0);
        assertThat(query.attribute("node")).contains(node);
        assertThat(CapsVer.verify(query, ver)).isEqualTo(CapsVer.Verdict.VERIFIED);
        assertThat(refused(
                        "get",
                        "joe@sip.hospital.example/phone",
                        "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:other'/>"))
                .isEqualTo("item-not-found");
    }

    @Test
    void listsNobody() {
        for (String to : List.of("sip.hospital.example", "joe@sip.hospital.example")) {
            assertThat(get(to, "<query xmlns='http://jabber.org/protocol/disco#items'/>")
                            .elements()
                            .get(0)
                            .content())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip.hospital.example", "joe@sip.hospital.example", "joe@sip.hospital.example/phone"})
    void answerPingsEverywhere(String to) {
        assertThat(get(to, "<ping xmlns='urn:xmpp:ping'/>").content()).isEmpty();
    }

    @Test
    void sayTheirVersionAndNotTheirSystem() {
        XmlElement query = get("sip.hospital.example", "<query xmlns='jabber:iq:version'/>")
                .elements()
                .get(0);
        assertThat(query.elements()).extracting(XmlElement::local).containsExactly("name", "version");
        assertThat(query.elements()).extracting(XmlElement::text).containsExactly("Isthmus", "1.2");
        assertThat(refused("set", "sip.hospital.example", "<query xmlns='jabber:iq:version'/>"))
                .isEqualTo("not-allowed");
    }

    @Test
    void sayHowLongTheGatewayIsUpAndNothingOfItsContacts() {
        assertThat(get("sip.hospital.example", "<query xmlns='jabber:iq:last'/>")
                        .elements()
                        .get(0)
                        .attribute("seconds"))
                .contains("4242");
        assertThat(refused("get", "joe@sip.hospital.example", "<query xmlns='jabber:iq:last'/>"))
                .isEqualTo("forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "joe@sip.hospital.example, sip:joe@campus.example, ''",
        "joe@sip.hospital.example/phone, sip:joe@campus.example, ''",
        "+4930123@sip.hospital.example, sip:+4930123@campus.example, +4930123",
        "joe\\40other.example@gw.hospital.example, sip:joe@other.example, ''"
    })
    void showTheCardOfAContact(String to, String uri, String number) {
        XmlElement card = get(to, "<vCard xmlns='vcard-temp'/>").elements().get(0);
        assertThat(card.child("vcard-temp", "FN").orElseThrow().text()).isEqualTo(uri);
        assertThat(card.child("vcard-temp", "URL").orElseThrow().text()).isEqualTo(uri);
        assertThat(card.child("vcard-temp", "JABBERID").orElseThrow().text()).isEqualTo(to.replace("/phone", ""));
        assertThat(card.child("vcard-temp", "TEL")
                        .flatMap(tel -> tel.child("vcard-temp", "NUMBER"))
                        .map(XmlElement::text)
                        .orElse(""))
                .isEqualTo(number);
    }

    @Test
    void changeNoCard() {
        assertThat(refused("set", "joe@sip.hospital.example", "<vCard xmlns='vcard-temp'><FN>x</FN></vCard>"))
                .isEqualTo("not-allowed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<vCard xmlns='vcard-temp'/>",
                "<query xmlns='http://jabber.org/protocol/disco#info'/>",
                "<query xmlns='http://jabber.org/protocol/disco#items'/>"
            })
    void doNotTellWhoExists(String payload) {
        // Not the JID of any SIP user: the escape is not canonical, the address is not whole.
        assertThat(refused("get", "a\\5cbar@sip.hospital.example", payload)).isEqualTo("service-unavailable");
        assertThat(refused("get", "nobody@gw.hospital.example", payload)).isEqualTo("service-unavailable");
    }

    @ParameterizedTest
    @CsvSource({
        "joe, joe@sip.hospital.example",
        "joe%campus.example, joe@sip.hospital.example",
        "\"Joe\" &lt;sip:joe@campus.example&gt;, joe@sip.hospital.example",
        "&lt;sip:joe@campus.example;transport=tcp&gt;;tag=1, joe@sip.hospital.example",
        "im:joe@campus.example, joe@sip.hospital.example",
        "+49 (30) 123-456, +4930123456@sip.hospital.example",
        "tel:+49-30-123456;phone-context=x, +4930123456@sip.hospital.example",
        "x@unknown.example, x\\40unknown.example@gw.hospital.example",
        "o'hara@campus.example, o\\27hara@sip.hospital.example"
    })
    void turnWhatPeopleTypeIntoContacts(String typed, String jid) {
        XmlElement query = prompt("set", "<prompt>" + typed.replace("'", "&apos;") + "</prompt>")
                .elements()
                .get(0);
        assertThat(query.child("jabber:iq:gateway", "jid").map(XmlElement::text))
                .contains(jid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://campus.example/joe",
                "tel:none",
                "sip:",
                "@campus.example",
                "joe@",
                "&lt;joe",
                "a@hospital.example",
                "sip:campus.example"
            })
    void refuseWhatIsNoContactWithWords(String typed) {
        XmlElement answer = prompt("set", "<prompt>" + typed + "</prompt>");
        assertThat(StanzaErrorXml.read(
                        answer.child("jabber:component:accept", "error").orElseThrow()))
                .satisfies(error -> {
                    assertThat(error.condition().wire()).isEqualTo("not-acceptable");
                    assertThat(error.text()).isPresent();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<jid>a@b</jid>", "<prompt>joe</prompt><jid>a@b</jid>", "<prompt>  </prompt>", "<other/>"})
    void refuseAPromptWithoutAnAnswer(String children) {
        XmlElement answer = prompt("set", children);
        assertThat(StanzaErrorXml.read(
                                answer.child("jabber:component:accept", "error").orElseThrow())
                        .condition()
                        .wire())
                .isEqualTo("bad-request");
    }

    @Test
    void askInTheLanguageOfTheAsker() {
        try (DispatchBed bed = ServiceBed.plain()) {
            bed.receive("<iq type='get' from='a@hospital.example/r' to='sip.hospital.example' id='q' xml:lang='de-CH'>"
                    + "<query xmlns='jabber:iq:gateway'/></iq>");
            assertThat(bed.out
                            .only()
                            .elements()
                            .get(0)
                            .child("jabber:iq:gateway", "prompt")
                            .orElseThrow()
                            .text())
                    .isEqualTo("SIP-Adresse");
        }
    }

    @Test
    void aBareNameNeedsADomainWhereAnyDomainIsServed() {
        assertThat(refused(
                        "set", "gw.hospital.example", "<query xmlns='jabber:iq:gateway'><prompt>joe</prompt></query>"))
                .isEqualTo("not-acceptable");
    }

    @ParameterizedTest
    @CsvSource({
        "subscribe, true",
        "probe, true",
        "available, false",
        "unavailable, false",
        "unsubscribe, false",
        "error, false"
    })
    void presenceThatAsksIsToldThatThereIsNoneYet(String type, boolean answered) {
        RecordingOut out = new RecordingOut();
        try (DispatchBed bed = ServiceBed.plain()) {
            String attribute = type.equals("available") ? "" : "type='" + type + "' ";
            XmlElement presence = RecordingOut.stanza(
                    "<presence " + attribute + "from='a@hospital.example' to='joe@sip.hospital.example' id='p'/>");
            new PresenceNotCarried(out, bed.refusals)
                    .onPresence(
                            presence,
                            Jids.parse("a@hospital.example"),
                            Jids.parse("joe@sip.hospital.example"),
                            "trace");
            if (answered) {
                XmlElement answer = out.only();
                assertThat(answer.local()).isEqualTo("presence");
                assertThat(answer.attribute("from")).contains("joe@sip.hospital.example");
                assertThat(StanzaErrorXml.read(answer.elements().get(0)).text())
                        .hasValueSatisfying(words -> assertThat(words).contains("not carried yet"));
            } else {
                assertThat(out.sent).isEmpty();
            }
        }
    }

    private static XmlElement prompt(String type, String children) {
        return ask(type, "sip.hospital.example", "<query xmlns='jabber:iq:gateway'>" + children + "</query>");
    }
}
