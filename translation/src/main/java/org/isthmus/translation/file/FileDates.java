package org.isthmus.translation.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * When a file was made, changed and read: {@code a=file-date} (RFC 5547 §6).
 *
 * @param creation when it was made
 * @param modification when it was last changed
 * @param read when it was last read
 */
public record FileDates(Optional<Instant> creation, Optional<Instant> modification, Optional<Instant> read) {

    public static final FileDates NONE = new FileDates(Optional.empty(), Optional.empty(), Optional.empty());

    /** RFC 5322 §3.3 {@code date-time} without the day of the week, which says nothing new and is often wrong. */
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern("d MMM uuuu H:mm[:ss] ")
            .appendPattern("[xx][zzz]")
            .toFormatter(Locale.ENGLISH);

    private static final DateTimeFormatter WRITE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.ENGLISH);

    public FileDates {
        Objects.requireNonNull(creation, "creation");
        Objects.requireNonNull(modification, "modification");
        Objects.requireNonNull(read, "read");
    }

    /** The modification date alone, all that XEP-0096 knows. */
    public static FileDates modified(Optional<Instant> modification) {
        return new FileDates(Optional.empty(), modification, Optional.empty());
    }

    /** Whether there is no date at all. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The date that XEP-0096 has room for: the modification, else the creation. */
    public Optional<Instant> best() {
        return modification.or(() -> creation);
    }

    /**
     * Reads an attribute's value.
     *
     * @throws FileSyntaxException when it is not a list of dates
     */
    public static FileDates parse(String value) throws FileSyntaxException {
        Selectors selectors = new Selectors(value);
        FileDates dates = NONE;
        while (selectors.hasNext()) {
            String name = selectors.name();
            int offset = selectors.offset();
            String date = selectors.quoted();
            dates = switch (name) {
                case "creation" ->
                    new FileDates(dates.creation.or(() -> instant(date)), dates.modification, dates.read);
                case "modification" ->
                    new FileDates(dates.creation, dates.modification.or(() -> instant(date)), dates.read);
                case "read" -> new FileDates(dates.creation, dates.modification, dates.read.or(() -> instant(date)));
                default -> throw new FileSyntaxException(offset, "expected creation, modification or read");
            };
            if (instant(date).isEmpty()) {
                throw new FileSyntaxException(offset, "expected a date of RFC 5322");
            }
        }
        return dates;
    }

    /** The attribute's value, all dates in UTC with a numeric zone. */
    public String wire() {
        StringBuilder out = new StringBuilder();
        creation.ifPresent(date -> append(out, "creation", date));
        modification.ifPresent(date -> append(out, "modification", date));
        read.ifPresent(date -> append(out, "read", date));
        return out.toString();
    }

    private static void append(StringBuilder out, String name, Instant date) {
        out.append(out.isEmpty() ? "" : " ").append(name).append(":\"");
        out.append(WRITE.format(date.atOffset(ZoneOffset.UTC))).append('"');
    }

    private static Optional<Instant> instant(String text) {
        int comma = text.indexOf(',');
        String date = text.substring(comma + 1).strip().replaceAll("\\s+", " ");
        try {
            // COMPAT(RFC 2822 habit): zone names such as GMT, which RFC 5547 forbids.
            return Optional.of(READ.parse(date, FileDates::offsetDateTime).toInstant());
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    private static OffsetDateTime offsetDateTime(TemporalAccessor parsed) {
        return OffsetDateTime.ofInstant(Instant.from(parsed), ZoneOffset.UTC);
    }
}
