package org.isthmus.translation.pidf;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.translation.pidf.PidfTuple.Basic;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlName;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;

/**
 * Reads presence documents (RFC 3863, RFC 4479, RFC 4480). What is not understood is left out with all that is in it
 * (RFC 3863 §4.2.3); what is misspelt in ways that agents in use misspell it is understood.
 */
public final class PidfReader {

    private static final XmlLimits LIMITS = XmlLimits.defaults();

    private PidfReader() {}

    /**
     * Reads a document.
     *
     * @param charset of the media type
     * @throws XmlSyntaxException when it is no presence document
     */
    public static Pidf read(byte[] document, Optional<String> charset) throws XmlSyntaxException {
        XmlElement root = XmlTreeReader.read(document, charset, LIMITS);
        // COMPAT(agents that copied RFC 3863 §4.1.1): the namespace with a colon at the end.
        String namespace = root.namespace().equals(Pidf.NAMESPACE + ":") ? root.namespace() : Pidf.NAMESPACE;
        if (!root.is(namespace, "presence")) {
            throw new XmlSyntaxException(0, "expected a presence document");
        }
        return new Pidf(
                root.attribute("entity").map(String::strip).filter(uri -> !uri.isEmpty()),
                root.children(namespace, "tuple").stream()
                        .map(tuple -> tuple(tuple, namespace))
                        .toList(),
                notes(root, namespace),
                root.children(Pidf.DATA_MODEL, "person").stream()
                        .map(PidfReader::person)
                        .toList(),
                root.children(Pidf.DATA_MODEL, "device").stream()
                        .map(PidfReader::person)
                        .toList());
    }

    private static PidfTuple tuple(XmlElement tuple, String namespace) {
        Optional<XmlElement> status = tuple.child(namespace, "status");
        Optional<XmlElement> contact = tuple.child(namespace, "contact");
        List<XmlName> extensions = new ArrayList<>();
        for (XmlElement child : status.map(XmlElement::elements).orElse(List.of())) {
            if (!child.is(namespace, "basic") && !child.is(Pidf.JABBER, "show")) {
                extensions.add(child.name());
            }
        }
        RichPresence rich = rich(tuple);
        return new PidfTuple(
                tuple.attribute("id").map(String::strip).filter(id -> !id.isEmpty()),
                status.flatMap(found -> found.child(namespace, "basic")).flatMap(PidfReader::basic),
                text(status, Pidf.JABBER, "show"),
                text(status, Pidf.IM, "im"),
                extensions,
                contact.map(found -> found.text().strip()).filter(uri -> !uri.isEmpty()),
                contact.flatMap(found -> found.attribute("priority"))
                        .map(ContactPriority::toXmpp)
                        .orElse(OptionalInt.empty()),
                rich.isEmpty() ? status.map(PidfReader::rich).orElse(RichPresence.NONE) : rich,
                notes(tuple, namespace),
                tuple.child(namespace, "timestamp").flatMap(found -> instant(found.text())));
    }

    /** COMPAT(several agents): capital letters and white space. */
    private static Optional<Basic> basic(XmlElement basic) {
        return switch (basic.text().strip().toLowerCase(Locale.ROOT)) {
            case "open" -> Optional.of(Basic.OPEN);
            case "closed" -> Optional.of(Basic.CLOSED);
            default -> Optional.empty();
        };
    }

    private static PidfPerson person(XmlElement person) {
        return new PidfPerson(
                person.attribute("id"),
                rich(person),
                notes(person, Pidf.DATA_MODEL),
                person.child(Pidf.DATA_MODEL, "timestamp").flatMap(found -> instant(found.text())));
    }

    private static RichPresence rich(XmlElement parent) {
        List<String> activities = new ArrayList<>();
        Optional<PidfNote> note = Optional.empty();
        Optional<Instant> from = Optional.empty();
        Optional<Instant> until = Optional.empty();
        boolean idle = false;
        Optional<Instant> lastInput = Optional.empty();
        for (XmlElement child : parent.elements()) {
            if (!isRpid(child)) {
                continue;
            }
            switch (child.local()) {
                case "activities" -> {
                    activities.addAll(activities(child));
                    note = note.or(
                            () -> notes(child, child.namespace()).stream().findFirst());
                    from = from.or(() -> child.attribute("from").flatMap(PidfReader::instant));
                    until = until.or(() -> child.attribute("until").flatMap(PidfReader::instant));
                }
                case "user-input" -> {
                    idle |= child.text().strip().equalsIgnoreCase("idle");
                    lastInput = lastInput.or(() -> child.attribute("last-input").flatMap(PidfReader::instant));
                }
                default -> {
                    // moods, places and the rest have no counterpart
                }
            }
        }
        return new RichPresence(activities, note, from, until, idle, lastInput);
    }

    private static List<String> activities(XmlElement activities) {
        List<String> names = new ArrayList<>();
        for (XmlElement activity : activities.elements()) {
            if (activity.local().equals("note") || !isRpid(activity)) {
                continue;
            }
            // COMPAT(agents of RPID's drafts, eyeBeam and others): <activity>busy</activity>.
            names.add(activity.local().equals("activity") ? activity.text().strip() : activity.local());
        }
        return names;
    }

    /** RPID, or one of the namespaces that its drafts had. */
    private static boolean isRpid(XmlElement element) {
        return element.namespace().startsWith("urn:ietf:params:xml:ns:pidf:")
                && element.namespace().contains("rpid");
    }

    private static List<PidfNote> notes(XmlElement parent, String namespace) {
        return parent.children(namespace, "note").stream()
                .map(note -> new PidfNote(note.lang(), note.text().strip()))
                .filter(note -> !note.text().isEmpty())
                .toList();
    }

    private static Optional<String> text(Optional<XmlElement> parent, String namespace, String name) {
        return parent.flatMap(found -> found.child(namespace, name))
                .map(child -> child.text().strip())
                .filter(text -> !text.isEmpty());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.strip().toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }
}
