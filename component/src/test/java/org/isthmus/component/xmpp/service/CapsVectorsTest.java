package org.isthmus.component.xmpp.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.isthmus.component.xmpp.Vectors;
import org.isthmus.component.xmpp.Vectors.Vector;
import org.isthmus.component.xmpp.service.CapsVer.Verdict;
import org.isthmus.component.xmpp.service.DiscoInfo.Field;
import org.isthmus.component.xmpp.service.DiscoInfo.Form;
import org.isthmus.component.xmpp.service.DiscoInfo.Identity;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

/** Every vector of caps.json, and what the rules of XEP-0115 §5.4 add. */
class CapsVectorsTest {

    private static final Identity PHONE = new Identity("client", "phone", "", "SIP/SIMPLE gateway");
    private static final List<String> DISCO = List.of(
            "http://jabber.org/protocol/muc",
            "http://jabber.org/protocol/disco#info",
            "http://jabber.org/protocol/disco#items",
            "http://jabber.org/protocol/caps");

    static List<Vector> vectors() {
        return Vectors.of("caps.json");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void behavesAsTheVectorSays(Vector vector) {
        JsonNode input = vector.input();
        JsonNode expect = vector.expect();
        switch (vector.id()) {
            case "simple" -> verification(simple(), input, expect);
            case "complex" -> verification(complex(), input, expect);
            case "gateway-contact-si", "gateway-contact-nofile" ->
                verification(DiscoInfo.of(PHONE, texts(input.get("features"))), input, expect);
            case "lt-injection" -> {
                XmlElement query = query("client", List.of(input.get("feature").asText(), DiscoInfo.NAMESPACE));
                assertThat(CapsVer.verify(query, "any")).isEqualTo(Verdict.NOT_TRUSTWORTHY);
            }
            case "dup-feature" ->
                assertThat(CapsVer.verify(query("client", texts(input.get("features"))), "any"))
                        .isEqualTo(Verdict.NOT_TRUSTWORTHY);
            case "node-query" -> {
                String node = input.get("node").asText();
                Capabilities capabilities = gateway(node.substring(0, node.indexOf('#')));
                JID contact = Jids.parse("joe@sip.example/phone");
                assertThat(capabilities.at(contact, Optional.of(node)))
                        .hasValueSatisfying(
                                info -> assertThat(info.toXml(Optional.of(node)).attribute("node"))
                                        .contains(node));
                assertThat(capabilities.at(contact, Optional.of(node + "x"))).isEmpty();
                assertThat(capabilities.at(contact, Optional.of("other#x"))).isEmpty();
                assertThat(capabilities.at(contact, Optional.empty())).isPresent();
            }
            default -> throw new AssertionError("a vector of a new kind: " + vector);
        }
    }

    private static void verification(DiscoInfo info, JsonNode input, JsonNode expect) {
        String ver = expect.get("ver").asText();
        assertThat(CapsVer.text(info.identities(), info.features(), info.forms()))
                .isEqualTo(input.get("S").asText());
        assertThat(CapsVer.of(info)).isEqualTo(ver);
        XmlElement sent = info.toXml(Optional.empty());
        assertThat(CapsVer.verify(sent, ver)).isEqualTo(Verdict.VERIFIED);
        assertThat(CapsVer.verify(sent, "x" + ver)).isEqualTo(Verdict.OTHER_HASH);
    }

    private static DiscoInfo simple() {
        return DiscoInfo.of(new Identity("client", "pc", "", "Exodus 0.9.1"), DISCO);
    }

    private static DiscoInfo complex() {
        return new DiscoInfo(
                List.of(
                        new Identity("client", "pc", "en", "Psi 0.11"),
                        new Identity("client", "pc", "el", "\u03A8 0.11")),
                DISCO,
                List.of(new Form(
                        "urn:xmpp:dataforms:softwareinfo",
                        List.of(
                                new Field("ip_version", List.of("ipv6", "ipv4")),
                                new Field("os", List.of("Mac")),
                                new Field("os_version", List.of("10.5.1")),
                                new Field("software", List.of("Psi")),
                                new Field("software_version", List.of("0.11"))))));
    }

    /** The profile of the vector, which does not contain what disco#info adds by itself. */
    private static Capabilities gateway(String node) {
        List<String> features = Vectors.of("caps.json").stream()
                .filter(vector -> vector.id().equals("gateway-contact-si"))
                .flatMap(vector -> texts(vector.input().get("features")).stream())
                .toList();
        return new Capabilities(node, (target, address) -> DiscoInfo.of(PHONE, features));
    }

    @Test
    void olderSetsAreStillKnown() {
        List<List<String>> sets = new java.util.ArrayList<>(List.of(List.of("a")));
        Capabilities capabilities =
                new Capabilities("urn:node", (target, address) -> DiscoInfo.of(PHONE, sets.get(sets.size() - 1)));
        JID contact = Jids.parse("joe@sip.example/phone");
        String before = capabilities.element(contact).attribute("ver").orElseThrow();
        sets.add(List.of("a", "file"));
        String after = capabilities.element(contact).attribute("ver").orElseThrow();
        assertThat(after).isNotEqualTo(before);
        assertThat(capabilities.at(contact, Optional.of("urn:node#" + before)))
                .hasValueSatisfying(info -> assertThat(info.features()).doesNotContain("file"));
        for (int i = 0; i < Capabilities.REMEMBERED; i++) {
            sets.add(List.of("f" + i));
            capabilities.element(contact);
        }
        assertThat(capabilities.at(contact, Optional.of("urn:node#" + before))).isEmpty();
    }

    @Test
    void sortsByOctetsAndNotBySixteenBitUnits() {
        DiscoInfo info = DiscoInfo.of(PHONE, List.of("\uFFFD", "\uD83D\uDE00"));
        assertThat(info.features()).containsExactly(DiscoInfo.NAMESPACE, "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void formsAreJudged() {
        String one = "urn:one";
        assertThat(verdict(form(one, "hidden"), form(one, "hidden"))).isEqualTo(Verdict.NOT_TRUSTWORTHY);
        assertThat(verdict(form(one, "hidden"), form("urn:two", "hidden"))).isEqualTo(Verdict.OTHER_HASH);
        assertThat(verdict(form("urn:<", "hidden"))).isEqualTo(Verdict.NOT_TRUSTWORTHY);
        XmlElement query = query("client", List.of(DiscoInfo.NAMESPACE));
        String ver = CapsVer.of(DiscoInfo.of(new Identity("client", "pc", "", ""), List.of()));
        assertThat(CapsVer.verify(query, ver)).isEqualTo(Verdict.VERIFIED);
        assertThat(CapsVer.verify(with(query, form(one, "text-single")), ver))
                .as("a FORM_TYPE that is not hidden is not part of the string")
                .isEqualTo(Verdict.VERIFIED);
    }

    private static Verdict verdict(XmlElement... forms) {
        return CapsVer.verify(with(query("client", List.of(DiscoInfo.NAMESPACE)), forms), "any");
    }

    private static XmlElement with(XmlElement query, XmlElement... forms) {
        XmlElement.Builder all = XmlElement.builder(DiscoInfo.NAMESPACE, "query");
        query.elements().forEach(all::child);
        for (XmlElement form : forms) {
            all.child(form);
        }
        return all.build();
    }

    private static XmlElement form(String type, String fieldType) {
        return XmlElement.builder("jabber:x:data", "x")
                .child(XmlElement.builder("jabber:x:data", "field")
                        .attribute("var", "FORM_TYPE")
                        .attribute("type", fieldType)
                        .child("value", type)
                        .build())
                .build();
    }

    private static XmlElement query(String category, List<String> features) {
        XmlElement.Builder query = XmlElement.builder(DiscoInfo.NAMESPACE, "query")
                .child(XmlElement.builder(DiscoInfo.NAMESPACE, "identity")
                        .attribute("category", category)
                        .attribute("type", "pc")
                        .build());
        features.forEach(feature -> query.child(XmlElement.builder(DiscoInfo.NAMESPACE, "feature")
                .attribute("var", feature)
                .build()));
        return query.build();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
