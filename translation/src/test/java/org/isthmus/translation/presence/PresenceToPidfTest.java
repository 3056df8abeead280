package org.isthmus.translation.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.payload.Idle;
import org.isthmus.translation.pidf.Pidf;
import org.isthmus.translation.pidf.PidfReader;
import org.isthmus.translation.pidf.PidfWriter;
import org.isthmus.translation.pidf.TupleId;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;

class PresenceToPidfTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.250Z");
    private static final SipUri USER = SipUri.of("juliet", "example.com");

    @Test
    void theMostAvailableComesFirstAndSpeaksForThePerson() {
        Pidf document = document(
                available("away").show(Show.AWAY).priority(50),
                available("gone").type(PresenceStanza.Type.UNAVAILABLE),
                available("hidden").priority(-1),
                available("busy").show(Show.DND).status(LangText.of("in theatre")),
                available("busier").show(Show.DND).priority(3));
        assertThat(document.tuples())
                .extracting(tuple -> tuple.id().orElseThrow())
                .containsExactly("ID-busier", "ID-busy", "ID-away", "ID-hidden");
        assertThat(document.persons())
                .singleElement()
                .satisfies(person -> assertThat(person.rich().activities()).containsExactly("busy"));
    }

    @Test
    void thePersonTellsWhatAgentsWithoutShowUnderstand() {
        assertThat(document(available("a").show(Show.XA))
                        .persons()
                        .get(0)
                        .rich()
                        .activities())
                .containsExactly("away");
        assertThat(document(available("a").show(Show.CHAT)).persons()).isEmpty();
        assertThat(document(available("a")).persons()).isEmpty();
        assertThat(document(available("a").status(new LangText(Optional.of("de"), " da ")))
                        .persons()
                        .get(0)
                        .notes())
                .singleElement()
                .matches(note -> note.text().equals("da") && note.lang().equals(Optional.of("de")));
    }

    @Test
    void aWrittenDocumentHasEveryPartInItsPlace() {
        Pidf document = document(available("Home PC")
                .show(Show.DND)
                .priority(5)
                .status(new LangText(Optional.of("cs"), "pryč & <b>"))
                .payload(new Idle(NOW.minusSeconds(600))
                        .elements(Optional.empty())
                        .get(0)));
        assertThat(new String(PidfWriter.write(document), StandardCharsets.UTF_8))
                .isEqualTo("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
                        + "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                        + " xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                        + " xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"pres:juliet@example.com\">"
                        + "<tuple id=\"ID-Home_x20_PC\"><status><basic>open</basic>"
                        + "<show xmlns=\"jabber:client\">dnd</show></status>"
                        + "<rpid:user-input last-input=\"2026-11-21T11:50:00.250Z\">idle</rpid:user-input>"
                        + "<contact priority=\"0.039\">sip:juliet@example.com;gr=Home%20PC</contact>"
                        + "<note xml:lang=\"cs\">pryč &amp; &lt;b&gt;</note>"
                        + "<timestamp>2026-11-21T12:00:00.250Z</timestamp></tuple>"
                        + "<dm:person id=\"person\"><rpid:activities><rpid:busy/></rpid:activities>"
                        + "<dm:note xml:lang=\"cs\">pryč &amp; &lt;b&gt;</dm:note>"
                        + "<dm:timestamp>2026-11-21T12:00:00.250Z</dm:timestamp></dm:person></presence>");
    }

    @Test
    void nobodyKnownIsClosed() throws Exception {
        Pidf document = document();
        assertThat(document.tuples()).singleElement().matches(tuple -> !tuple.isOpen());
        assertThat(PidfReader.read(PidfWriter.write(document), Optional.empty()).tuples())
                .hasSize(1);
    }

    @Test
    void onlyTheTimeDiffersWhenNothingChanged() {
        PresenceStanza presence =
                available("a").show(Show.AWAY).status(LangText.of("x")).build();
        Pidf first = PresenceToPidf.translate(List.of(presence), USER, NOW).document();
        Pidf second = PresenceToPidf.translate(List.of(presence), USER, NOW.plusSeconds(9))
                .document();
        assertThat(second).isNotEqualTo(first);
        assertThat(second.withoutTimes()).isEqualTo(first.withoutTimes());
    }

    @Test
    void theLanguageOfTheFirstResourceIsTheDocuments() {
        PresenceToPidf.Result result =
                PresenceToPidf.translate(List.of(available("a").lang("cs").build()), USER, NOW);
        assertThat(result.contentLanguage()).contains("cs");
        assertThat(PresenceToPidf.translate(
                                List.of(available("a").lang("c\r\ns").build()), USER, NOW)
                        .contentLanguage())
                .isEmpty();
    }

    @Test
    void documentsThatMayNotBeSentAreNotWritten() {
        assertThatThrownBy(() ->
                        PidfWriter.write(new Pidf(Optional.of("pres:a@b"), List.of(), List.of(), List.of(), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PidfWriter.write(
                        new Pidf(Optional.empty(), document().tuples(), List.of(), List.of(), List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyResourceHasAnIdOfItsOwnThatGivesItBack() {
        Random random = new Random(8048);
        Set<String> ids = new HashSet<>();
        Set<String> resources = new HashSet<>();
        for (int run = 0; run < 50_000; run++) {
            StringBuilder resource = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                resource.append("_x20fABz/ @é:\uD83D".charAt(random.nextInt(14)));
            }
            String name = resource.toString().replace("\uD83D", "\uD83D\uDE00");
            String id = TupleId.of(name);
            assertThat(id).matches("[A-Za-z_][A-Za-z0-9._-]*");
            assertThat(TupleId.resource(id)).contains(name);
            ids.add(id);
            resources.add(name);
        }
        assertThat(ids).hasSameSizeAs(resources);
    }

    @Test
    void randomUsersMakeValidDocuments() throws Exception {
        Random random = new Random(4480);
        for (int run = 0; run < 2_000; run++) {
            List<PresenceStanza> resources = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                PresenceStanza.Builder presence = available("r" + i + (random.nextBoolean() ? " /é" : ""));
                if (random.nextBoolean()) {
                    presence.show(Show.values()[random.nextInt(4)]);
                }
                if (random.nextBoolean()) {
                    presence.status(LangText.of("\u0001 <&> \uD800" + i));
                }
                presence.priority(random.nextInt(256) - 128);
                resources.add(presence.build());
            }
            byte[] written = PidfWriter.write(
                    PresenceToPidf.translate(resources, USER, NOW).document());
            assertValid(WireText.xml(new String(written, StandardCharsets.UTF_8)));
            assertThat(PidfReader.read(written, Optional.empty()).tuples()).hasSameSizeAs(resources);
        }
    }

    /** The rules of the schemas of RFC 3863 §4.4 and RFC 4479 §5 that a document of ours could break. */
    private static void assertValid(XmlElement root) {
        Set<String> ids = new HashSet<>();
        List<String> order = root.elements().stream().map(XmlElement::local).toList();
        assertThat(order)
                .isSortedAccordingTo(
                        java.util.Comparator.comparingInt(List.of("tuple", "note", "person", "device")::indexOf));
        assertThat(root.attribute("entity")).isPresent();
        for (XmlElement child : root.elements()) {
            assertThat(ids.add(child.attribute("id").orElseThrow())).isTrue();
            assertThat(child.attribute("id").orElseThrow()).matches("[A-Za-z_][A-Za-z0-9._-]*");
            List<String> parts =
                    child.elements().stream().map(XmlElement::local).toList();
            List<String> expected = child.local().equals("tuple")
                    ? List.of("status", "user-input", "contact", "note", "timestamp")
                    : List.of("activities", "user-input", "note", "timestamp");
            assertThat(expected).containsAll(parts);
            assertThat(parts).isSortedAccordingTo(java.util.Comparator.comparingInt(expected::indexOf));
            if (child.local().equals("tuple")) {
                assertThat(child.elements().get(0).elements().get(0).text()).isIn("open", "closed");
            }
        }
    }

    private static PresenceStanza.Builder available(String resource) {
        return PresenceStanza.builder(People.jid("juliet@example.com/" + resource), People.jid("romeo@example.net"));
    }

    private static Pidf document(PresenceStanza.Builder... resources) {
        List<PresenceStanza> presences = new ArrayList<>();
        for (PresenceStanza.Builder resource : resources) {
            presences.add(resource.build());
        }
        return PresenceToPidf.translate(presences, USER, NOW).document();
    }
}
