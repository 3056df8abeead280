package org.isthmus.msrp.codec;

/** The flag of an end-line (RFC 4975 §7.1). */
public enum Continuation {
    /** {@code $}: the chunk holds the end of the message. */
    COMPLETE('$'),
    /** {@code +}: more chunks of the message follow. */
    MORE('+'),
    /** {@code #}: the sender gives the message up. */
    ABORTED('#');

    private final char flag;

    Continuation(char flag) {
        this.flag = flag;
    }

    /** The octet of the wire. */
    public char flag() {
        return flag;
    }

    static boolean isFlag(byte octet) {
        return octet == '$' || octet == '+' || octet == '#';
    }

    static Continuation of(byte flag) {
        return switch (flag) {
            case '$' -> COMPLETE;
            case '+' -> MORE;
            case '#' -> ABORTED;
            default -> throw new IllegalArgumentException("flag: " + flag + " (expected: $, + or #)");
        };
    }
}
