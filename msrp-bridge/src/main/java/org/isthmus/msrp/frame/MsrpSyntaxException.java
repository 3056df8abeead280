package org.isthmus.msrp.frame;

/**
 * Octets that are not MSRP: where they go wrong and what was expected there. The only exception that the parsers of
 * this package throw. The text names rules and positions, never the session-id of a URI or a body.
 */
public final class MsrpSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int offset;
    private final int status;
    private final String expectation;

    /**
     * @param offset index of the offending octet or character in the parsed text, from 0
     * @param expectation what was expected there, for an operator to read
     */
    public MsrpSyntaxException(int offset, String expectation) {
        this(offset, expectation, 400);
    }

    /**
     * @param status the response code that says so to the sender: 400, or 413 for a number beyond all bounds
     */
    public MsrpSyntaxException(int offset, String expectation, int status) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
        this.status = status;
        this.expectation = expectation;
    }

    /** The same problem, seen from a text that holds the parsed one. */
    public MsrpSyntaxException at(int base, String prefix) {
        return new MsrpSyntaxException(base + offset, prefix + expectation, status);
    }

    /** Index of the offending octet, from 0. */
    public int offset() {
        return offset;
    }

    /** The response code for the sender: 400 or 413. */
    public int status() {
        return status;
    }
}
