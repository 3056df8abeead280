package org.isthmus.bytestream.si;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates of files (XEP-0082 DateTime profile). */
final class FileDates {

    private static final DateTimeFormatter LEGACY = DateTimeFormatter.ofPattern("uuuuMMdd'T'HH:mm:ss");

    private FileDates() {}

    static Optional<Instant> read(String text) {
        String date = text.strip();
        try {
            return Optional.of(OffsetDateTime.parse(date).toInstant());
        } catch (DateTimeException notTheProfile) {
            return legacy(date);
        }
    }

    /** COMPAT(clients before XEP-0082): {@code 20020910T23:41:07}, in UTC. */
    private static Optional<Instant> legacy(String date) {
        try {
            return Optional.of(LocalDateTime.parse(date, LEGACY).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
