package org.isthmus.translation.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A body and its Content-Type, immutable. Equality is by value.
 *
 * @param contentType the header value as on the wire, for example {@code text/plain; charset=utf-8}
 * @param octets the body; copied in and out
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by value below
public record SipBody(String contentType, byte[] octets) {

    public SipBody {
        Objects.requireNonNull(contentType, "contentType");
        octets = octets.clone();
    }

    /** Plain text in UTF-8, the form every SIP/SIMPLE agent reads (RFC 3428 §7). */
    public static SipBody text(String text) {
        return new SipBody("text/plain;charset=UTF-8", text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] octets() {
        return octets.clone();
    }

    /** Number of octets. */
    public int length() {
        return octets.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipBody that
                && contentType.equals(that.contentType)
                && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * contentType.hashCode() + Arrays.hashCode(octets);
    }

    /** Type and size; never the text, which may not reach a log. */
    @Override
    public String toString() {
        return contentType + " (" + octets.length + " octets)";
    }
}
