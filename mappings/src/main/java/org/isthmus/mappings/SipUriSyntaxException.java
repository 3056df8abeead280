package org.isthmus.mappings;

/** A text that is not a SIP, SIPS, IM or PRES URI: where it goes wrong and what was expected there, without quoting it. */
public final class SipUriSyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    private final String expectation;

    /**
     * @param offset index of the offending character in the text, from 0
     * @param expectation what was found or expected there, for an operator to read
     */
    public SipUriSyntaxException(int offset, String expectation) {
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

    /** The same for a text in which the URI begins this many characters later. */
    SipUriSyntaxException movedBy(int characters) {
        return new SipUriSyntaxException(offset + characters, expectation);
    }
}
