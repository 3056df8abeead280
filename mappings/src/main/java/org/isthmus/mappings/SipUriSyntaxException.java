package org.isthmus.mappings;

/** A text that is not a SIP, SIPS, IM or PRES URI: where it goes wrong and what was expected there. */
public final class SipUriSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset index of the offending character in the text, from 0
     * @param expectation what was found or expected there, for an operator to read
     */
    public SipUriSyntaxException(int offset, String expectation) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
    }

    /** Index of the offending character, from 0. */
    public int offset() {
        return offset;
    }
}
