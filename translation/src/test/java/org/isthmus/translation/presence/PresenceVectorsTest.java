package org.isthmus.translation.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.translation.pidf.ContactPriority;
import org.isthmus.translation.pidf.Pidf;
import org.isthmus.translation.pidf.PidfNote;
import org.isthmus.translation.pidf.PidfReader;
import org.isthmus.translation.pidf.PidfTuple;
import org.isthmus.translation.pidf.PidfTuple.Basic;
import org.isthmus.translation.pidf.PidfWriter;
import org.isthmus.translation.pidf.TupleId;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

/** The presence rows that are translation; subscriptions and dialogs are component.presence's. */
class PresenceVectorsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final List<String> DIALOGS = List.of(
            "PRES-X2S-SUB-",
            "PRES-TERM-",
            "PRES-X2S-RCV-",
            "PRES-X2S-EARLY",
            "PRES-X2S-TIMERN",
            "PRES-X2S-FORK",
            "PRES-X2S-REF-",
            "PRES-X2S-UNSUB-",
            "PRES-S2X-SUB-",
            "PRES-S2X-REF-",
            "PRES-S2X-UNSUB-",
            "PRES-X2S-RATE",
            "PRES-S2X-NOT-4",
            "PRES-X2S-POLL",
            "PRES-S2X-POLL-",
            "PRES-SEC-",
            "PRES-3856-",
            "PRES-3903-",
            "PRES-PUB-");

    private static Map<String, String> elsewhere() {
        Map<String, String> rows = new HashMap<>();
        for (Vector row : Vectors.of("presence")) {
            if (DIALOGS.stream().anyMatch(row.id()::startsWith)) {
                rows.put(row.id(), "dialogs, publications and their timers: component.presence, component.sip");
            }
        }
        return rows;
    }

    static List<Vector> toSip() {
        return Vectors.of(
                "presence",
                row -> (row.input().has("stanza") || row.input().has("stanzas"))
                        && !elsewhere().containsKey(row.id()));
    }

    static List<Vector> notNotifications() {
        return Vectors.of("presence", row -> row.id().startsWith("PRES-X2S-NOTMAP-"));
    }

    static List<Vector> priorities() {
        return Vectors.of("presence", row -> row.id().startsWith("PRES-S2X-PRIO-"));
    }

    static List<Vector> toXmpp() {
        return Vectors.of(
                "presence", row -> row.id().equals("PRES-S2X-NOT-1") || row.id().equals("PRES-S2X-NOT-2"));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        Set<String> executed = new HashSet<>(Set.of("PRES-PRIO-FORMULA"));
        for (List<Vector> rows : List.of(toSip(), notNotifications(), priorities(), toXmpp())) {
            executed.addAll(rows.stream().map(Vector::id).collect(Collectors.toSet()));
        }
        assertThat(Vectors.unaccounted("presence", executed, elsewhere())).isEmpty();
        assertThat(executed).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @MethodSource("toSip")
    void presencesBecomeOneDocument(Vector row) throws Exception {
        // The newest presence of each resource, as the owner of the presentity keeps it.
        Map<JID, PresenceStanza> resources = new LinkedHashMap<>();
        List<String> printed = new ArrayList<>();
        text(row.input(), "stanza").ifPresent(printed::add);
        row.input().path("stanzas").forEach(stanza -> printed.add(stanza.asText()));
        printed.stream()
                .map(PresenceVectorsTest::presence)
                .forEach(presence -> resources.put(presence.from(), presence));
        JID user = resources.keySet().iterator().next();
        Pidf document = PresenceToPidf.translate(
                        List.copyOf(resources.values()), People.uri(People.jid(user.toBareJID())), NOW)
                .document();
        Pidf written = PidfReader.read(PidfWriter.write(document), Optional.empty());
        assertThat(written.tuples().get(0).id())
                .isEqualTo(document.tuples().get(0).id());

        JsonNode expect = row.expect();
        expect.fieldNames().forEachRemaining(field -> {
            JsonNode value = expect.get(field);
            switch (field) {
                case "pidf", "last_notify" -> check(written, value);
                case "contact_priority" ->
                    assertThat(priority(document)).isEqualTo(Optional.ofNullable(value.textValue()));
                case "last_notify_pidf_tuple_ids" -> {
                    List<String> ids = new ArrayList<>();
                    value.forEach(id -> ids.add(id.asText()));
                    assertThat(written.tuples().stream().map(tuple -> tuple.id().orElseThrow()))
                            .isEqualTo(ids);
                }
                case "pidf_tuple_id_is_ncname" ->
                    assertThat(written.tuples().get(0).id().orElseThrow()).matches("[A-Za-z_][A-Za-z0-9._-]*");
                case "reversible" ->
                    assertThat(TupleId.resource(written.tuples().get(0).id().orElseThrow()))
                            .contains(user.getResource());
                case "content_type" -> assertThat(Pidf.MEDIA_TYPE).isEqualTo(value.asText());
                case "content_language" ->
                    assertThat(PresenceToPidf.translate(
                                            List.copyOf(resources.values()),
                                            People.uri(People.jid(user.toBareJID())),
                                            NOW)
                                    .contentLanguage())
                            .isEqualTo(text(expect, field));
                // The request's: component.presence.
                case "method", "request_uri", "from_uri", "to_uri", "event", "subscription_state" ->
                    assertThat(resources.values()).anyMatch(PresenceStanza::isNotification);
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    private static Optional<String> priority(Pidf document) {
        OptionalInt priority = document.tuples().get(0).priority();
        return priority.isPresent() ? Optional.of(ContactPriority.toPidf(priority.getAsInt())) : Optional.empty();
    }

    private static void check(Pidf document, JsonNode expected) {
        if (expected.has("entity")) {
            assertThat(document.entity()).isEqualTo(text(expected, "entity"));
        }
        JsonNode tuples = expected.get("tuples");
        assertThat(document.tuples()).hasSize(tuples.size());
        for (int i = 0; i < tuples.size(); i++) {
            PidfTuple tuple = document.tuples().get(i);
            JsonNode row = tuples.get(i);
            assertThat(tuple.id()).isEqualTo(text(row, "id"));
            assertThat(tuple.basic().map(basic -> basic.name().toLowerCase(Locale.ROOT)))
                    .isEqualTo(text(row, "basic"));
            assertThat(tuple.show()).isEqualTo(row.has("show") ? text(row.get("show"), "value") : Optional.empty());
            List<PidfNote> notes = new ArrayList<>();
            row.path("notes")
                    .forEach(note -> notes.add(
                            new PidfNote(text(note, "lang"), note.get("text").asText())));
            assertThat(tuple.notes()).isEqualTo(notes);
        }
    }

    @ParameterizedTest
    @MethodSource("notNotifications")
    void onlyAvailabilityIsANotification(Vector row) {
        PresenceStanza.Type type =
                PresenceStanza.Type.of(text(row.input(), "presence_type")).orElseThrow();
        PresenceStanza presence = PresenceStanza.builder(People.jid("a@x.test/r"), People.jid("b@y.test"))
                .type(type)
                .build();
        assertThat(presence.isNotification())
                .isEqualTo(row.expect().get("notify_with_pidf").asBoolean());
        assertThat(PresenceToPidf.translate(List.of(presence), People.uri(People.jid("a@x.test")), NOW)
                        .document()
                        .tuples())
                .allMatch(tuple -> tuple.basic().equals(Optional.of(Basic.CLOSED)));
    }

    @ParameterizedTest
    @MethodSource("priorities")
    void contactPrioritiesBecomePriorities(Vector row) {
        OptionalInt priority =
                ContactPriority.toXmpp(row.input().get("contact_priority").asText());
        JsonNode expected = row.expect().get("xmpp_priority");
        assertThat(priority).isEqualTo(expected.isNull() ? OptionalInt.empty() : OptionalInt.of(expected.asInt()));
    }

    @Test
    void everyPriorityComesBack() {
        JsonNode table = Vectors.of("presence", row -> row.id().equals("PRES-PRIO-FORMULA"))
                .get(0)
                .expect()
                .get("table");
        assertThat(table).hasSize(128);
        table.properties().forEach(entry -> {
            int priority = Integer.parseInt(entry.getKey());
            assertThat(ContactPriority.toPidf(priority))
                    .isEqualTo(entry.getValue().asText());
            assertThat(ContactPriority.toXmpp(entry.getValue().asText())).hasValue(priority);
        });
    }

    @ParameterizedTest
    @MethodSource("toXmpp")
    void documentsBecomePresences(Vector row) throws Exception {
        String pidf = text(row.input(), "pidf").orElseGet(() -> {
            String sip = row.input().get("sip").asText();
            return sip.substring(sip.indexOf("\n\n") + 2);
        });
        JID contact = People.jid("romeo@example.net");
        List<PresenceStanza> presences = PidfToPresence.translate(
                        PidfReader.read(pidf.getBytes(StandardCharsets.UTF_8), Optional.empty()),
                        new PidfToPresence.Terms(
                                contact,
                                People.uri(contact),
                                People.jid("juliet@example.com"),
                                DeviceNames.NONE,
                                text(row.input(), "content_language"),
                                Optional.of(NOW),
                                Activities.DEFAULT))
                .presences();
        String expected = text(row.expect(), "stanza")
                .orElseGet(() -> row.expect().get("xmpp_out").get(0).asText());
        assertThat(presences).containsExactly(presence(expected));
    }

    private static PresenceStanza presence(String printed) {
        XmlElement element = WireText.xml(printed);
        return PresenceXml.read(
                        element,
                        People.jid(element.attribute("from").orElseThrow()),
                        People.jid(element.attribute("to").orElseThrow()))
                .orElseThrow();
    }
}
