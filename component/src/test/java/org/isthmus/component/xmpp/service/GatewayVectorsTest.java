package org.isthmus.component.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.isthmus.component.xmpp.Vectors;
import org.isthmus.component.xmpp.Vectors.Vector;
import org.isthmus.component.xmpp.stanza.DispatchBed;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of gateway.json that are questions to the gateway itself; the others are listed with their place. */
class GatewayVectorsTest {

    private static final String COMPONENT = "jabber:component:accept";

    private static final String REGISTRATION =
            "registration is not offered: a mapped domain needs none (XEP-0100 §4.1)";
    private static final String PRESENCE = "presence is not carried yet; belongs to its relay";
    private static final String MESSAGES = "a message: relay and translation tests";
    private static final String ERRORS = "SIP codes: the error tables of the translation module";

    /** Vectors that do not run here, and why. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("ex-reg-form", REGISTRATION),
            Map.entry("ex-reg-set", REGISTRATION),
            Map.entry("ex-reg-error", REGISTRATION),
            Map.entry("ex-reg-get-registered", REGISTRATION),
            Map.entry("ex-unregister", REGISTRATION),
            Map.entry("ex-unreg-cancel", REGISTRATION),
            Map.entry("msgerr-registration", REGISTRATION),
            Map.entry("ex-gw-subscribe", PRESENCE),
            Map.entry("ex-user-subscribed", PRESENCE),
            Map.entry("ex-user-subscribe-gw", PRESENCE),
            Map.entry("ex-logged-out", PRESENCE),
            Map.entry("ex-login", PRESENCE),
            Map.entry("ex-gw-presence", PRESENCE),
            Map.entry("ex-contact-presence", PRESENCE),
            Map.entry("ex-login-failed", PRESENCE),
            Map.entry("ex-logout", PRESENCE),
            Map.entry("ex-add-approved", PRESENCE),
            Map.entry("ex-add-denied", PRESENCE),
            Map.entry("ex-delete-contact", PRESENCE),
            Map.entry("ex-legacy-denied", PRESENCE),
            Map.entry("ex-legacy-delete", PRESENCE),
            Map.entry("startup", PRESENCE),
            Map.entry("shutdown", PRESENCE),
            Map.entry("ex-message-out", MESSAGES),
            Map.entry("ex-message-in", MESSAGES),
            Map.entry("msgerr-notfound", ERRORS),
            Map.entry("msgerr-timeout", ERRORS),
            Map.entry(
                    "ex-prompt-set",
                    "\"Foo Bar\" is a screen name of AIM, which drops spaces; prompt-garbage decides for SIP"));

    static List<Vector> vectors() {
        return Vectors.of("gateway.json").stream()
                .filter(vector -> !ELSEWHERE.containsKey(vector.id()))
                .toList();
    }

    @Test
    void theListNamesOnlyVectorsThatExist() {
        assertThat(Vectors.of("gateway.json")).extracting(Vector::id).containsAll(ELSEWHERE.keySet());
        assertThat(vectors()).hasSize(19);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void behavesAsTheVectorSays(Vector vector) {
        switch (vector.id()) {
            case "ex-disco" ->
                assertGatewayIdentity(ask(atOurDomain(vector.input().asText())));
            case "ex-disco-reply" -> sameShape(vector);
            case "ex-agents" -> {
                // Answered by the server; should it come here, it is unknown.
                XmlElement answer =
                        ask(vector.input().asText().replace("to='shakespeare.lit'", "to='sip.hospital.example'"));
                assertThat(error(answer).condition().wire()).isEqualTo("service-unavailable");
            }
            case "ex-prompt-result" -> {
                XmlElement query =
                        ask("<iq type='get' to='sip.hospital.example' from='a@hospital.example/r' id='gate1'>"
                                        + "<query xmlns='jabber:iq:gateway'/></iq>")
                                .elements()
                                .get(0);
                assertThat(query.elements()).extracting(XmlElement::local).containsExactly("desc", "prompt");
                assertThat(query.elements())
                        .allSatisfy(child -> assertThat(child.text()).isNotBlank());
            }
            case "ex-prompt-jid" -> {
                XmlElement query = prompt("FooBar").elements().get(0);
                assertThat(query.elements()).extracting(XmlElement::local).containsExactly("jid");
            }
            default -> prompt(vector);
        }
    }

    private static void prompt(Vector vector) {
        XmlElement answer = ask(vector.input().asText());
        JsonNode expect = vector.expect();
        if (expect.has("jid")) {
            assertThat(answer.attribute("type")).contains("result");
            assertThat(answer.elements()
                            .get(0)
                            .child("jabber:iq:gateway", "jid")
                            .orElseThrow()
                            .text())
                    .isEqualTo(expect.get("jid").asText());
        } else {
            StanzaError error = error(answer);
            assertThat(error.condition().wire())
                    .isEqualTo(expect.get("error").get("condition").asText());
            assertThat(error.type().wire())
                    .isEqualTo(expect.get("error").get("type").asText());
        }
    }

    /** The printed reply, but for the features of a registration and a clock that are not offered. */
    private static void sameShape(Vector vector) {
        XmlElement answer =
                ask("<iq type='get' from='romeo@hospital.example/orchard' to='sip.hospital.example' id='disco1'>"
                        + "<query xmlns='http://jabber.org/protocol/disco#info'/></iq>");
        assertGatewayIdentity(answer);
        for (JsonNode feature : vector.expect().get("features")) {
            if (!List.of("jabber:iq:register", "jabber:iq:time").contains(feature.asText())) {
                assertThat(features(answer)).contains(feature.asText());
            }
        }
    }

    private static void assertGatewayIdentity(XmlElement answer) {
        assertThat(answer.attribute("type")).contains("result");
        assertThat(answer.attribute("id")).contains("disco1");
        XmlElement identity = answer.elements().get(0).elements().get(0);
        assertThat(identity.attribute("category")).contains("gateway");
        assertThat(identity.attribute("type")).contains("simple");
    }

    static List<String> features(XmlElement answer) {
        return answer.elements().get(0).children(DiscoInfo.NAMESPACE, "feature").stream()
                .map(feature -> feature.attribute("var").orElseThrow())
                .toList();
    }

    private static String atOurDomain(String printed) {
        return printed.replace("aim.shakespeare.lit", "sip.hospital.example")
                .replace("montague.lit", "hospital.example");
    }

    private static XmlElement prompt(String typed) {
        return ask("<iq type='set' to='sip.hospital.example' from='a@hospital.example/r' id='g'><query"
                + " xmlns='jabber:iq:gateway'><prompt>" + typed + "</prompt></query></iq>");
    }

    private static XmlElement ask(String iq) {
        try (DispatchBed bed = ServiceBed.plain()) {
            bed.receive(iq);
            return bed.out.only();
        }
    }

    private static StanzaError error(XmlElement answer) {
        return StanzaErrorXml.read(answer.child(COMPONENT, "error").orElseThrow());
    }
}
