package org.isthmus.translation.pidf;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.translation.pidf.PidfTuple.Basic;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlTreeWriter;

/**
 * Writes presence documents as the schemas want them: every part in its place, the declaration, the usual prefixes, which
 * agents without a namespace-aware parser look for.
 */
public final class PidfWriter {

    private PidfWriter() {}

    /**
     * The document.
     *
     * @throws IllegalArgumentException without an entity or a tuple, or with a tuple without id or basic status: such a
     *     document is not to be sent (RFC 3863 §4.1, RFC 3922 §6.3.2)
     */
    public static byte[] write(Pidf document) {
        if (document.entity().isEmpty() || document.tuples().isEmpty()) {
            throw new IllegalArgumentException("a document of ours has an entity and at least one tuple");
        }
        XmlElement.Builder root = XmlElement.builder(Pidf.NAMESPACE, "presence")
                .attribute("entity", document.entity().get());
        document.tuples().forEach(tuple -> root.child(tuple(tuple)));
        document.notes().forEach(note -> root.child(note(Pidf.NAMESPACE, note)));
        document.persons().forEach(person -> root.child(person("person", person)));
        document.devices().forEach(device -> root.child(person("device", device)));
        Map<String, String> prefixes = new LinkedHashMap<>();
        prefixes.put(Pidf.DATA_MODEL, "dm");
        prefixes.put(Pidf.RPID, "rpid");
        return XmlTreeWriter.document(root.build(), prefixes).getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 3863 §4.1.2: status, extensions, contact, notes, timestamp. */
    private static XmlElement tuple(PidfTuple tuple) {
        if (tuple.id().isEmpty() || tuple.basic().isEmpty()) {
            throw new IllegalArgumentException("a tuple of ours has an id and a basic status");
        }
        XmlElement.Builder status = XmlElement.builder(Pidf.NAMESPACE, "status")
                .child("basic", tuple.basic().get() == Basic.OPEN ? "open" : "closed");
        tuple.show()
                .ifPresent(show -> status.child(
                        XmlElement.builder(Pidf.JABBER, "show").text(show).build()));
        XmlElement.Builder element = XmlElement.builder(Pidf.NAMESPACE, "tuple")
                .attribute("id", tuple.id().get())
                .child(status.build());
        rich(tuple.rich()).forEach(element::child);
        tuple.contact().ifPresent(uri -> {
            XmlElement.Builder contact = XmlElement.builder(Pidf.NAMESPACE, "contact");
            tuple.priority().ifPresent(priority -> contact.attribute("priority", ContactPriority.toPidf(priority)));
            element.child(contact.text(uri).build());
        });
        tuple.notes().forEach(note -> element.child(note(Pidf.NAMESPACE, note)));
        tuple.timestamp().ifPresent(time -> element.child("timestamp", dateTime(time)));
        return element.build();
    }

    /** RFC 4479 §5: characteristics, notes, timestamp. */
    private static XmlElement person(String name, PidfPerson person) {
        XmlElement.Builder element = XmlElement.builder(Pidf.DATA_MODEL, name)
                .attribute("id", person.id().orElse(name));
        rich(person.rich()).forEach(element::child);
        person.notes().forEach(note -> element.child(note(Pidf.DATA_MODEL, note)));
        person.timestamp().ifPresent(time -> element.child("timestamp", dateTime(time)));
        return element.build();
    }

    private static List<XmlElement> rich(RichPresence rich) {
        Optional<XmlElement> activities = Optional.empty();
        if (!rich.activities().isEmpty()) {
            XmlElement.Builder element = XmlElement.builder(Pidf.RPID, "activities");
            rich.from().ifPresent(time -> element.attribute("from", dateTime(time)));
            rich.until().ifPresent(time -> element.attribute("until", dateTime(time)));
            rich.activitiesNote().ifPresent(note -> element.child(note(Pidf.RPID, note)));
            rich.activities().forEach(name -> element.child(XmlElement.empty(Pidf.RPID, name)));
            activities = Optional.of(element.build());
        }
        Optional<XmlElement> input = Optional.empty();
        if (rich.idle()) {
            XmlElement.Builder element = XmlElement.builder(Pidf.RPID, "user-input");
            rich.lastInput().ifPresent(time -> element.attribute("last-input", dateTime(time)));
            input = Optional.of(element.text("idle").build());
        }
        return List.of(activities, input).stream().flatMap(Optional::stream).toList();
    }

    private static XmlElement note(String namespace, PidfNote note) {
        return XmlElement.builder(namespace, "note")
                .lang(note.lang())
                .text(note.text())
                .build();
    }

    private static String dateTime(Instant time) {
        return DateTimeFormatter.ISO_INSTANT.format(time);
    }
}
