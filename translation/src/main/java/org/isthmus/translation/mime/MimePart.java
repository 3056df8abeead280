package org.isthmus.translation.mime;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One part of a multipart body, its transfer encoding undone. Equality is by value.
 *
 * @param headers names lower case, values unfolded
 * @param content the octets; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by value below
public record MimePart(Map<String, String> headers, byte[] content) {

    public MimePart {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        content = content.clone();
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** A header; the name in any case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The Content-Type; text/plain when there is none (RFC 2045 §5.2). */
    public String contentType() {
        return header("content-type").orElse("text/plain");
    }

    /**
     * Whether a receiver that cannot use the part may leave it out (RFC 3261 §20.11: {@code handling}; without it the part
     * is required).
     */
    public boolean isOptional() {
        return header("content-disposition")
                .map(value -> value.toLowerCase(Locale.ROOT).replace(" ", ""))
                .filter(value -> value.contains(";handling=optional"))
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MimePart that && headers.equals(that.headers) && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return 31 * headers.hashCode() + Arrays.hashCode(content);
    }

    /** Type and size; never the text, which may not reach a log. */
    @Override
    public String toString() {
        return contentType() + " (" + content.length + " octets)";
    }
}
