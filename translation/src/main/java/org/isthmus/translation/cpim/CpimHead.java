package org.isthmus.translation.cpim;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All of a message but its content: the headers about the message and the MIME headers about the content (RFC 3862 §2).
 *
 * @param headers in order, NS and Require included, names resolved
 * @param prefixes the prefixes that the message declared, with their namespaces
 * @param required the headers that Require says must be understood, names resolved
 * @param mime the MIME headers, names lower case
 */
public record CpimHead(
        List<CpimHeader> headers, Map<String, String> prefixes, List<CpimName> required, Map<String, String> mime) {

    public CpimHead {
        headers = List.copyOf(headers);
        prefixes = Collections.unmodifiableMap(new LinkedHashMap<>(prefixes));
        required = List.copyOf(required);
        mime = Collections.unmodifiableMap(new LinkedHashMap<>(mime));
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The first header with that name. */
    public Optional<CpimHeader> header(CpimName name) {
        return headers.stream().filter(header -> header.name().equals(name)).findFirst();
    }

    /** All headers with that name. */
    public List<CpimHeader> all(CpimName name) {
        return headers.stream().filter(header -> header.name().equals(name)).toList();
    }

    /** The value of the first header with that name, escapes undone. */
    public Optional<String> value(CpimName name) {
        return header(name).map(CpimHeader::value);
    }

    /** Who the message says it is from. Informative: the transport's identity counts (RFC 4975 §14.5). */
    public Optional<CpimAddress> from() {
        return header(CpimName.FROM).flatMap(header -> CpimAddress.parse(header.raw()));
    }

    /** The addressees. */
    public List<CpimAddress> to() {
        return all(CpimName.TO).stream()
                .flatMap(header -> CpimAddress.parse(header.raw()).stream())
                .toList();
    }

    /** The subjects, each with its language. */
    public List<CpimHeader> subjects() {
        return all(CpimName.SUBJECT);
    }

    /** When the message was written; empty when it does not say, or not as RFC 3339 wants it. */
    public Optional<Instant> dateTime() {
        return value(CpimName.DATE_TIME).flatMap(CpimHead::instant);
    }

    /** A MIME header of the content; the name in any case. */
    public Optional<String> mime(String name) {
        return Optional.ofNullable(mime.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The Content-Type of the content. */
    public Optional<String> contentType() {
        return mime("content-type");
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(text.strip().toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    /** Collects the headers; not thread-safe. */
    public static final class Builder {
        private final List<CpimHeader> headers = new ArrayList<>();
        private final List<CpimName> required = new ArrayList<>();
        private final Map<String, String> mime = new LinkedHashMap<>();

        private Builder() {}

        public Builder from(CpimAddress value) {
            return header(value.header(CpimName.FROM));
        }

        public Builder to(CpimAddress value) {
            return header(value.header(CpimName.TO));
        }

        public Builder dateTime(Instant value) {
            return header(CpimHeader.of(CpimName.DATE_TIME, DateTimeFormatter.ISO_INSTANT.format(value)));
        }

        public Builder header(CpimHeader value) {
            headers.add(value);
            return this;
        }

        /** A header that the reader must understand; it is named by Require. */
        public Builder require(CpimName value) {
            required.add(value);
            return this;
        }

        /** A MIME header about the content. */
        public Builder mime(String name, String value) {
            mime.put(name.toLowerCase(Locale.ROOT), value);
            return this;
        }

        public CpimHead build() {
            return new CpimHead(headers, Map.of(), required, mime);
        }
    }
}
