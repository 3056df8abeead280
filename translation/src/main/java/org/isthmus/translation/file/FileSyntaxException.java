package org.isthmus.translation.file;

/** An attribute value that does not follow the grammar of RFC 5547 §6, or a file element that does not follow XEP-0096. */
public final class FileSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset index of the offending character in the attribute's value, from 0
     * @param expectation what was expected there
     */
    public FileSyntaxException(int offset, String expectation) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
    }

    /** Index of the offending character in the attribute's value, from 0. */
    public int offset() {
        return offset;
    }
}
