package org.isthmus.translation.file;

import java.util.Objects;
import java.util.OptionalLong;
import org.isthmus.translation.text.Ascii;

/**
 * A part of a file: {@code a=file-range} (RFC 5547 §6).
 *
 * @param start the first octet, counted from 1
 * @param stop the last octet, inclusive; empty: to the end, wherever that is
 */
public record FileRange(long start, OptionalLong stop) {

    public FileRange {
        Objects.requireNonNull(stop, "stop");
        if (start < 1 || (stop.isPresent() && stop.getAsLong() < start)) {
            throw new IllegalArgumentException("range: " + start + "-" + stop + " (expected: 1 <= start <= stop)");
        }
    }

    /**
     * Reads an attribute's value.
     *
     * @throws FileSyntaxException when it is not a range
     */
    public static FileRange parse(String value) throws FileSyntaxException {
        String text = value.strip();
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new FileSyntaxException(0, "expected start-stop");
        }
        long start = octet(text.substring(0, dash), 0);
        if (text.substring(dash + 1).equals("*")) {
            return new FileRange(start, OptionalLong.empty());
        }
        long stop = octet(text.substring(dash + 1), dash + 1);
        if (stop < start) {
            throw new FileSyntaxException(dash + 1, "expected a stop not before the start");
        }
        return new FileRange(start, OptionalLong.of(stop));
    }

    /**
     * The range that XEP-0096 names by octets to skip and octets to send.
     *
     * @param offset octets before it
     * @param length octets in it; empty: to the end
     */
    public static FileRange ofOffset(long offset, OptionalLong length) {
        OptionalLong stop =
                length.isPresent() ? OptionalLong.of(Math.addExact(offset, length.getAsLong())) : OptionalLong.empty();
        return new FileRange(Math.addExact(offset, 1), stop);
    }

    /** What is left of a file of which that many octets have arrived (RFC 5547 §8.1). */
    public static FileRange after(long received) {
        return ofOffset(received, OptionalLong.empty());
    }

    /** Octets before the range. */
    public long offset() {
        return start - 1;
    }

    /** Octets in it, of a file of that size; empty when neither tells. */
    public OptionalLong length(OptionalLong size) {
        OptionalLong last = stop.isPresent() ? stop : size;
        return last.isPresent() && last.getAsLong() >= start - 1
                ? OptionalLong.of(last.getAsLong() - start + 1)
                : OptionalLong.empty();
    }

    /** Whether it is the whole of a file of that size. */
    public boolean isWhole(OptionalLong size) {
        return start == 1 && (stop.isEmpty() || stop.equals(size));
    }

    /** Whether a file of that size has all of it. */
    public boolean isWithin(long size) {
        return start <= size && (stop.isEmpty() || stop.getAsLong() <= size);
    }

    /** The attribute's value. */
    public String wire() {
        return start + "-" + (stop.isPresent() ? Long.toString(stop.getAsLong()) : "*");
    }

    private static long octet(String digits, int offset) throws FileSyntaxException {
        if (!Ascii.isNumber(digits) || digits.length() > 19) {
            throw new FileSyntaxException(offset, "expected an octet number from 1");
        }
        try {
            long octet = Long.parseLong(digits);
            if (octet >= 1) {
                return octet;
            }
        } catch (NumberFormatException tooLarge) {
            // told below
        }
        throw new FileSyntaxException(offset, "expected an octet number from 1");
    }
}
