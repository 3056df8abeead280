package org.isthmus.translation.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.payload.Idle;
import org.isthmus.translation.pidf.ContactPriority;
import org.isthmus.translation.pidf.Pidf;
import org.isthmus.translation.pidf.PidfNote;
import org.isthmus.translation.pidf.PidfPerson;
import org.isthmus.translation.pidf.PidfReader;
import org.isthmus.translation.pidf.PidfTuple;
import org.isthmus.translation.pidf.PidfWriter;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

class PidfVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static List<Vector> documents() {
        return Vectors.of("pidf");
    }

    @Test
    void everyVectorIsExecuted() {
        assertThat(documents())
                .hasSizeGreaterThan(40)
                .allMatch(row -> row.input().has("pidf"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentIsReadAndTranslated(Vector row) throws Exception {
        // Where the RFC leaves parts out it prints "...": the mandatory status belongs there.
        String printed = row.input()
                .get("pidf")
                .asText()
                .strip()
                .replace(
                        "    ...\n",
                        row.expect().has("stanza")
                                        && !row.expect().get("stanza").isNull()
                                ? "<status><basic>open</basic></status>"
                                : "");
        JsonNode expect = row.expect();
        if (expect.has("valid") && !expect.has("lenient")) {
            assertThat(expect.get("valid").asBoolean()).isFalse();
            assertThatThrownBy(() -> read(printed)).isInstanceOf(XmlSyntaxException.class);
            return;
        }
        Pidf document = read(printed);
        List<PresenceStanza> presences = translate(document);
        expect.fieldNames().forEachRemaining(field -> {
            JsonNode value = expect.get(field);
            switch (field) {
                case "parsed" ->
                    check(
                            document,
                            value,
                            printed.contains("<basic>open</basic></status>")
                                    && row.input().get("pidf").asText().contains("..."));
                case "stanza" -> {
                    if (value.isNull()) {
                        assertThat(presences).isEmpty();
                    } else {
                        assertThat(presences).hasSize(1);
                        checkStanza(presences.get(0), value.asText(), document);
                    }
                }
                case "stanzas" -> {
                    assertThat(presences).hasSize(value.size());
                    for (int i = 0; i < value.size(); i++) {
                        checkStanza(presences.get(i), value.get(i).asText(), document);
                    }
                }
                case "stanza_from" ->
                    assertThat(presences).singleElement().satisfies(presence -> {
                        assertThat(presence.type()).isEqualTo(PresenceStanza.Type.UNAVAILABLE);
                        assertThat(presence.from().getResource()).isNull();
                    });
                case "stanza_any_of", "never" -> assertThat(presences).isEmpty();
                case "lenient_basic" ->
                    assertThat(document.tuples().get(0).isOpen()).isTrue();
                case "valid" -> assertThat(value.asBoolean()).isFalse();
                case "lenient" -> lenient(value.asText(), presences);
                case "accepted" -> assertThat(presences).hasSize(1);
                case "stanza_from_bare" ->
                    assertThat(presences.get(0).from().toBareJID()).isEqualTo(value.asText());
                case "or" -> assertThat(presences).hasSize(1);
                case "priority_valid" -> {
                    String qvalue = printed.substring(
                            printed.indexOf("priority='") + 10,
                            printed.indexOf("'", printed.indexOf("priority='") + 10));
                    assertThat(ContactPriority.toXmpp(qvalue).isPresent()).isEqualTo(value.asBoolean());
                    assertThat(document.tuples().get(0).priority().isPresent()).isEqualTo(value.asBoolean());
                }
                case "child_order" -> {
                    XmlElement tuple =
                            WireText.xml(written(presences)).elements().get(0);
                    List<String> order =
                            tuple.elements().stream().map(XmlElement::local).toList();
                    assertThat(order).startsWith("status").endsWith("timestamp").containsSubsequence("contact");
                }
                case "capital_T_Z" -> assertThat(written(presences)).contains("2026-11-21T12:00:00Z</timestamp>");
                case "show" ->
                    assertThat(presences.get(0).show().map(Show::wire)).isEqualTo(text(expect, field));
                case "show_suggestion" -> assertThat(presences.get(0).show()).contains(Show.AWAY);
                case "idle_since" ->
                    assertThat(Idle.of(presences.get(0).payloads(), Optional.empty()))
                            .contains(new Idle(
                                    OffsetDateTime.parse(value.asText()).toInstant()));
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    private static void lenient(String what, List<PresenceStanza> presences) {
        switch (what) {
            case "last or most available wins, no crash" ->
                assertThat(presences)
                        .singleElement()
                        .matches(PresenceStanza::isNotification)
                        .matches(presence -> presence.type() == PresenceStanza.Type.AVAILABLE);
            case "map to bare JID" ->
                assertThat(presences)
                        .singleElement()
                        .matches(presence -> presence.from().getResource() == null);
            case "accept" -> assertThat(presences).hasSize(1);
            default -> throw new AssertionError("unread leniency " + what);
        }
    }

    private static void check(Pidf document, JsonNode parsed, boolean completed) {
        assertThat(document.entity()).isEqualTo(text(parsed, "entity"));
        assertThat(document.notes()).isEqualTo(notes(parsed.get("notes")));
        assertThat(document.tuples()).hasSize(parsed.get("tuples").size());
        for (int i = 0; i < document.tuples().size(); i++) {
            PidfTuple tuple = document.tuples().get(i);
            JsonNode expected = parsed.get("tuples").get(i);
            assertThat(tuple.id()).isEqualTo(text(expected, "id"));
            if (!completed) {
                assertThat(tuple.basic().map(basic -> basic.name().toLowerCase(Locale.ROOT)))
                        .isEqualTo(text(expected, "basic"));
            }
            assertThat(tuple.contact()).isEqualTo(text(expected, "contact"));
            assertThat(tuple.show()).isEqualTo(text(expected, "show"));
            assertThat(tuple.priority().isPresent())
                    .isEqualTo(text(expected, "priority").isPresent());
            text(expected, "priority")
                    .ifPresent(priority -> assertThat(tuple.priority()).isEqualTo(ContactPriority.toXmpp(priority)));
            assertThat(tuple.notes()).isEqualTo(notes(expected.path("notes")));
            assertThat(tuple.timestamp()).isEqualTo(text(expected, "timestamp").map(Instant::parse));
            List<String> extensions = new ArrayList<>();
            expected.path("status_extensions").forEach(name -> extensions.add(name.asText()));
            assertThat(tuple.extensions().stream().map(name -> "{" + name.namespace() + "}" + name.local()))
                    .isEqualTo(extensions);
        }
        if (parsed.has("person")) {
            PidfPerson person = document.persons().get(0);
            assertThat(person.id()).isEqualTo(text(parsed.get("person"), "id"));
            List<String> activities = new ArrayList<>();
            parsed.get("person").get("activities").forEach(name -> activities.add(name.asText()));
            assertThat(person.rich().activities()).isEqualTo(activities);
            List<String> notes = new ArrayList<>();
            parsed.get("person").get("notes").forEach(note -> notes.add(note.asText()));
            assertThat(person.notes().stream().map(PidfNote::text)).isEqualTo(notes);
            assertThat(person.rich().activitiesNote().map(PidfNote::text))
                    .isEqualTo(text(parsed.get("person"), "activities_note"));
        }
        if (parsed.has("device")) {
            PidfPerson device = document.devices().get(0);
            assertThat(device.id()).isEqualTo(text(parsed.get("device"), "id"));
            assertThat(device.rich().idle())
                    .isEqualTo(parsed.get("device").get("user_input").asText().equals("idle"));
        }
    }

    private static List<PidfNote> notes(JsonNode array) {
        List<PidfNote> notes = new ArrayList<>();
        array.forEach(note ->
                notes.add(new PidfNote(text(note, "lang"), note.get("text").asText())));
        return notes;
    }

    private static void checkStanza(PresenceStanza got, String printed, Pidf document) {
        XmlElement element = WireText.xml(printed);
        PresenceStanza expected = PresenceXml.read(
                        element,
                        People.jid(element.attribute("from").orElseThrow()),
                        element.attribute("to").map(People::jid).orElse(got.to()))
                .orElseThrow();
        assertThat(got.from()).isEqualTo(expected.from());
        assertThat(got.to()).isEqualTo(expected.to());
        assertThat(got.type()).isEqualTo(expected.type());
        assertThat(got.show()).isEqualTo(expected.show());
        assertThat(got.priority()).isEqualTo(expected.priority());
        assertThat(got.statuses().stream().map(LangText::text))
                .isEqualTo(expected.statuses().stream().map(LangText::text).toList());
        assertThat(document.tuples()).isNotEmpty();
    }

    /** The presences as our own document. */
    private static String written(List<PresenceStanza> presences) {
        SipUri user = SipUri.of("romeo", "example.net");
        return new String(
                PidfWriter.write(PresenceToPidf.translate(presences, user, NOW).document()), StandardCharsets.UTF_8);
    }

    private static Pidf read(String document) throws XmlSyntaxException {
        return PidfReader.read(document.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    private static List<PresenceStanza> translate(Pidf document) {
        String entity = document.entity().orElse("pres:someone@example.com");
        // The dialog's identity: romeo's where the row is about an entity that is not his.
        String user = entity.contains("tybalt") ? "romeo@example.net" : entity.substring(entity.indexOf(':') + 1);
        JID contact = People.jid(user);
        return PidfToPresence.translate(
                        document,
                        new PidfToPresence.Terms(
                                contact,
                                People.uri(contact),
                                People.jid("juliet@example.com"),
                                DeviceNames.NONE,
                                Optional.empty(),
                                Optional.empty(),
                                Activities.DEFAULT))
                .presences();
    }
}
