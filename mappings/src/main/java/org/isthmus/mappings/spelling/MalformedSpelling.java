package org.isthmus.mappings.spelling;

/** A text that breaks the rule of its standard: where, and what was expected there. The only exception of this package. */
public final class MalformedSpelling extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    private final String expectation;

    /**
     * @param offset index of the offending character in the text that was given, from 0
     * @param expectation what was expected there, without quoting the text (it may hold a password)
     */
    public MalformedSpelling(int offset, String expectation) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
        this.expectation = expectation;
    }

    /** Index of the offending character, from 0. */
    public int offset() {
        return offset;
    }

    /** What was expected there. */
    public String expectation() {
        return expectation;
    }
}
