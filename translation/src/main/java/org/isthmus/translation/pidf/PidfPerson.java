package org.isthmus.translation.pidf;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A {@code person} or {@code device} of the data model (RFC 4479 §3.2, §3.4).
 *
 * @param id unique in the document
 * @param rich what it does
 * @param notes words about it
 * @param timestamp when that was so
 */
public record PidfPerson(Optional<String> id, RichPresence rich, List<PidfNote> notes, Optional<Instant> timestamp) {

    public PidfPerson {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(rich, "rich");
        notes = List.copyOf(notes);
        Objects.requireNonNull(timestamp, "timestamp");
    }
}
