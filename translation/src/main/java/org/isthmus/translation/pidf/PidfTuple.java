package org.isthmus.translation.pidf;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.translation.xml.XmlName;

/**
 * One way to reach somebody (RFC 3863 §4.1.2).
 *
 * @param id unique in the document and, as long as one publisher speaks, in time; empty when a document lacks it
 * @param basic whether it is open
 * @param show the availability that RFC 8048 §6.2 puts into the status, as written
 * @param im the availability of RFC 3922 §4, as written
 * @param extensions names of all other children of the status
 * @param contact a URI
 * @param priority of the contact, 0-127 as XMPP has it
 * @param rich what the service does
 * @param notes words about it
 * @param timestamp when that was so
 */
public record PidfTuple(
        Optional<String> id,
        Optional<Basic> basic,
        Optional<String> show,
        Optional<String> im,
        List<XmlName> extensions,
        Optional<String> contact,
        OptionalInt priority,
        RichPresence rich,
        List<PidfNote> notes,
        Optional<Instant> timestamp) {

    /** RFC 3863 §4.1.4. */
    public enum Basic {
        OPEN,
        CLOSED
    }

    public PidfTuple {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(basic, "basic");
        Objects.requireNonNull(show, "show");
        Objects.requireNonNull(im, "im");
        extensions = List.copyOf(extensions);
        Objects.requireNonNull(contact, "contact");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(rich, "rich");
        notes = List.copyOf(notes);
        Objects.requireNonNull(timestamp, "timestamp");
    }

    /** A tuple of our own. */
    public static PidfTuple of(
            String id,
            Basic basic,
            Optional<String> show,
            Optional<String> contact,
            OptionalInt priority,
            RichPresence rich,
            List<PidfNote> notes,
            Instant timestamp) {
        return new PidfTuple(
                Optional.of(id),
                Optional.of(basic),
                show,
                Optional.empty(),
                List.of(),
                contact,
                priority,
                rich,
                notes,
                Optional.of(timestamp));
    }

    /** Whether it is open. */
    public boolean isOpen() {
        return basic.filter(Basic.OPEN::equals).isPresent();
    }

    PidfTuple at(Optional<Instant> time) {
        return new PidfTuple(id, basic, show, im, extensions, contact, priority, rich, notes, time);
    }
}
