package org.isthmus.bytestream.si;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * The part of a file that a receiver asks for (XEP-0096 §3).
 *
 * @param offset octets to skip, 0 or more
 * @param length octets to send; absent means up to the end
 */
public record SiRange(long offset, OptionalLong length) {

    public SiRange {
        Objects.requireNonNull(length, "length");
        if (offset < 0 || length.orElse(0) < 0) {
            throw new IllegalArgumentException("offset and length: expected 0 or more");
        }
    }

    /** From an offset to the end. */
    public static SiRange from(long offset) {
        return new SiRange(offset, OptionalLong.empty());
    }

    /** Whether a file of that size has this range. */
    public boolean within(long size) {
        return offset <= size && length.orElse(0) <= size - offset;
    }

    /** How many octets that is of a file of that size. */
    public long octetsOf(long size) {
        return length.orElse(size - offset);
    }

    /** The first octet as RFC 5547 §6 counts, from 1. */
    public long firstOctet() {
        return offset + 1;
    }

    /** The last octet as RFC 5547 §6 counts, inclusive; absent means up to the end. */
    public OptionalLong lastOctet() {
        return length.isPresent() ? OptionalLong.of(offset + length.getAsLong()) : OptionalLong.empty();
    }
}
