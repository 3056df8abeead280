package org.isthmus.translation.cpim;

/** Octets that are not a Message/CPIM within the limits. */
public final class CpimSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset index of the offending octet, from 0
     * @param expectation what was expected there, without any of the message
     */
    public CpimSyntaxException(int offset, String expectation) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
    }

    /** Index of the offending octet, from 0. */
    public int offset() {
        return offset;
    }
}
