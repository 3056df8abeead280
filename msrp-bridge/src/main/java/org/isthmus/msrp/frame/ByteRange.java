package org.isthmus.msrp.frame;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The Byte-Range header field (RFC 4975 §7.1.1): which octets of the message a chunk holds, the first octet being 1.
 *
 * <p>The end is what the sender announced, not what it sent: an interruptible chunk says {@code *}, and some senders
 * announce more than they send. Receivers count (RFC 4975 §7.3.1).
 *
 * @param start 1 or more
 * @param end the last octet, {@code start - 1} for a chunk without octets, or {@link #UNKNOWN}
 * @param total octets of the whole message, or {@link #UNKNOWN}
 */
public record ByteRange(long start, long end, long total) {

    /** The {@code *} of the wire. */
    public static final long UNKNOWN = -1;

    public ByteRange {
        String problem = problem(start, end, total);
        if (problem != null) {
            throw new IllegalArgumentException(start + "-" + end + "/" + total + ": " + problem);
        }
    }

    /** The octet after the last one announced, where that is known. */
    public OptionalLong announcedLength() {
        return end == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(end - start + 1);
    }

    /** Size of the whole message, where the sender told it. */
    public OptionalLong announcedTotal() {
        return total == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(total);
    }

    /**
     * Reads the value of the field.
     *
     * @throws MsrpSyntaxException 413 when a number is beyond 63 bits, else 400
     */
    public static ByteRange parse(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        return parse(octets, 0, octets.length);
    }

    /** As {@link #parse(String)}, of a part of an array. */
    public static ByteRange parse(byte[] octets, int from, int to) {
        int dash = indexOf(octets, from, to, '-');
        int slash = indexOf(octets, dash, to, '/');
        if (slash == to) {
            throw new MsrpSyntaxException(0, "Byte-Range: expected start-end/total");
        }
        long start = number(octets, from, dash, from);
        long end = numberOrStar(octets, dash + 1, slash, from);
        long total = numberOrStar(octets, slash + 1, to, from);
        String problem = problem(start, end, total);
        if (problem != null) {
            throw new MsrpSyntaxException(0, "Byte-Range: " + problem);
        }
        return new ByteRange(start, end, total);
    }

    private static int indexOf(byte[] octets, int from, int to, char wanted) {
        int at = from;
        while (at < to && octets[at] != wanted) {
            at++;
        }
        return at;
    }

    /** The value as written on the wire. */
    @Override
    public String toString() {
        return start + "-" + (end == UNKNOWN ? "*" : end) + "/" + (total == UNKNOWN ? "*" : total);
    }

    /**
     * COMPAT(any, 2026-11): {@code end = start - 1} is taken for a chunk without octets at any start; RFC 4975 prints
     * it for {@code 1-0/0} only.
     */
    private static @Nullable String problem(long start, long end, long total) {
        if (start < 1) {
            return "expected a start of 1 or more";
        }
        if (end != UNKNOWN && end < start - 1) {
            return "expected an end not before the start";
        }
        if (total != UNKNOWN && (total < end || total < start - 1)) {
            return "expected a total not below the range";
        }
        return null;
    }

    private static long numberOrStar(byte[] octets, int from, int to, int base) {
        return to == from + 1 && octets[from] == '*' ? UNKNOWN : number(octets, from, to, base);
    }

    private static long number(byte[] octets, int from, int to, int base) {
        if (from >= to) {
            throw new MsrpSyntaxException(from - base, "Byte-Range: expected a number");
        }
        long value = 0;
        boolean tooLarge = false;
        for (int i = from; i < to; i++) {
            int digit = octets[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new MsrpSyntaxException(i - base, "Byte-Range: expected a digit");
            }
            tooLarge |= value > (Long.MAX_VALUE - digit) / 10;
            value = value * 10 + digit;
        }
        if (tooLarge) {
            throw new MsrpSyntaxException(from - base, "Byte-Range: expected a number within 63 bits", 413);
        }
        return value;
    }

    /** The range of a whole message of this many octets: {@code 1-n/n}. */
    public static ByteRange whole(long octets) {
        return new ByteRange(1, octets, octets);
    }
}
