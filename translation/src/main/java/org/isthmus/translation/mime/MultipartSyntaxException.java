package org.isthmus.translation.mime;

/** A body that is not the multipart that its Content-Type says, or not within the limits. */
public final class MultipartSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int part;

    /**
     * @param part number of the part where reading stopped, from 0; the parser knows no octet
     * @param expectation the rule, without any of the body
     */
    public MultipartSyntaxException(int part, String expectation) {
        super("part " + part + ": " + expectation);
        this.part = part;
    }

    /** Number of the part where reading stopped, from 0. */
    public int part() {
        return part;
    }
}
