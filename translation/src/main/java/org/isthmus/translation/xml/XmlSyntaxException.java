package org.isthmus.translation.xml;

/** A text that is not a well-formed XML document within the limits, or uses a DTD or an entity of its own. */
public final class XmlSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset characters before the place where reading stopped
     * @param expectation the rule, without any of the text
     */
    public XmlSyntaxException(int offset, String expectation) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
    }

    /** Characters before the place where reading stopped. */
    public int offset() {
        return offset;
    }
}
