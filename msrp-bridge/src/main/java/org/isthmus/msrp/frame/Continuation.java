package org.isthmus.msrp.frame;

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

    /** Whether the octet is one of the flags. */
    public static boolean isFlag(byte octet) {
        return octet == '$' || octet == '+' || octet == '#';
    }

    /** The flag of the wire. */
    public static Continuation of(byte flag) {
        return switch (flag) {
            case '$' -> COMPLETE;
            case '+' -> MORE;
            case '#' -> ABORTED;
            default -> throw new IllegalArgumentException("flag: " + flag + " (expected: $, + or #)");
        };
    }
}
