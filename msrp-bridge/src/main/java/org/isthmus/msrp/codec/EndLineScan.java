package org.isthmus.msrp.codec;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Looks in data that is about to be sent for the text of the transaction's own end-line (RFC 4975 §7.1): where it is
 * found, another transaction id must be chosen. The CRLF before it and the flag do not count: the text alone must not be
 * there. One thread; one object serves a message.
 */
public final class EndLineScan {

    private static final int DASHES = 7;

    private final byte[] shift = new byte[256];
    private String id = "";
    private int length;

    /** Looks for this transaction from now on. */
    public void transaction(String transactionId) {
        int newLength = DASHES + transactionId.length();
        if (newLength == length) {
            for (int i = 0; i < length; i++) {
                shift[octet(i)] = (byte) length;
            }
        } else {
            Arrays.fill(shift, (byte) newLength);
            length = newLength;
        }
        id = transactionId;
        for (int i = 0; i < length - 1; i++) {
            shift[octet(i)] = (byte) (length - 1 - i);
        }
    }

    /** Octets of the text that is looked for. */
    public int length() {
        return length;
    }

    /** Index of the text in the buffer, between the two indexes, or -1. */
    public int indexIn(ByteBuf data, int from, int to) {
        int last = octet(length - 1);
        int at = from;
        while (at + length <= to) {
            int probe = data.getByte(at + length - 1) & 0xff;
            if (probe == last && matches(data, at)) {
                return at;
            }
            at += shift[probe];
        }
        return -1;
    }

    private boolean matches(ByteBuf data, int at) {
        for (int i = 0; i < length; i++) {
            if ((data.getByte(at + i) & 0xff) != octet(i)) {
                return false;
            }
        }
        return true;
    }

    private int octet(int index) {
        return index < DASHES ? '-' : id.charAt(index - DASHES) & 0xff;
    }
}
