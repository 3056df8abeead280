package org.isthmus.msrp.codec;

import java.util.Arrays;
import org.isthmus.msrp.frame.Continuation;

/**
 * Finds {@code CRLF ------- transaction-id flag CRLF} in a body (RFC 4975 §7.1): Horspool's search, which looks at about
 * one octet in twenty, so that a body is never framed by trusting its Byte-Range.
 *
 * <p>Text that only looks like an end-line (no CRLF before it, another flag, anything but CRLF after it) is data. One
 * thread; one object serves a connection.
 */
final class EndLineSearch {

    private static final int DASHES = 7;
    /** CRLF, dashes, the longest id, flag, CRLF. */
    static final int LONGEST = 2 + DASHES + HeadParser.LONGEST_FRAMED_ID + 3;

    /** What a search came to. */
    enum Result {
        /** A whole end-line begins at {@link #position}. */
        FOUND,
        /** None; octets from {@link #position} on may be the beginning of one, if that is before the end. */
        NOT_YET
    }

    private final byte[] pattern = new byte[2 + DASHES + HeadParser.LONGEST_FRAMED_ID];
    private final byte[] shift = new byte[256];
    private int length;
    private int position;

    EndLineSearch() {
        pattern[0] = '\r';
        pattern[1] = '\n';
        Arrays.fill(pattern, 2, 2 + DASHES, (byte) '-');
    }

    /** Searches for this transaction from now on. */
    void transaction(byte[] octets, int from, int idLength) {
        int newLength = 2 + DASHES + idLength;
        if (newLength == length) {
            for (int i = 0; i < length; i++) {
                shift[pattern[i] & 0xff] = (byte) length;
            }
        } else {
            Arrays.fill(shift, (byte) newLength);
            length = newLength;
        }
        System.arraycopy(octets, from, pattern, 2 + DASHES, idLength);
        for (int i = 0; i < length - 1; i++) {
            shift[pattern[i] & 0xff] = (byte) (length - 1 - i);
        }
    }

    /** Octets of a whole end-line of this transaction, with the CRLF before and after it. */
    int endLineLength() {
        return length + 3;
    }

    /** Index of the end-line, or of what may become one; see {@link Result}. */
    int position() {
        return position;
    }

    /** The flag of the end-line that was found in this array. */
    byte flag(byte[] octets) {
        return octets[position + length];
    }

    Result find(byte[] octets, int from, int to) {
        int last = length - 1;
        byte lastOctet = pattern[last];
        int at = from;
        while (at + length <= to) {
            byte probe = octets[at + last];
            if (probe == lastOctet && Arrays.equals(octets, at, at + last, pattern, 0, last)) {
                int rest = compareRest(octets, at + length, to);
                if (rest >= 0) {
                    position = at;
                    return rest == 3 ? Result.FOUND : Result.NOT_YET;
                }
            }
            at += shift[probe & 0xff];
        }
        while (at < to && !Arrays.equals(octets, at, to, pattern, 0, to - at)) {
            at++;
        }
        position = Math.min(at, to);
        return Result.NOT_YET;
    }

    /** How many octets of flag and CRLF stand there: 3 when all, fewer at the end of the input, -1 when others do. */
    private static int compareRest(byte[] octets, int at, int to) {
        if (at < to && !Continuation.isFlag(octets[at])) {
            return -1;
        }
        if (at + 1 < to && octets[at + 1] != '\r') {
            return -1;
        }
        if (at + 2 < to && octets[at + 2] != '\n') {
            return -1;
        }
        return Math.min(3, to - at);
    }

    /**
     * Whether a header line is the end-line of a frame without a body, which needs no CRLF before it.
     *
     * @param from index of the first octet of the line
     * @param to index of its CR
     */
    boolean isEndLine(byte[] octets, int from, int to) {
        return to - from == length - 1
                && Arrays.equals(octets, from, to - 1, pattern, 2, length)
                && Continuation.isFlag(octets[to - 1]);
    }
}
