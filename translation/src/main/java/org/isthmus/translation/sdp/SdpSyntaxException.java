package org.isthmus.translation.sdp;

/** Octets that are not a session description within the limits, or an attribute that is not what its name promises. */
public final class SdpSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset index of the offending octet or character, from 0; in an attribute counted from its value
     * @param expectation what was expected there
     */
    public SdpSyntaxException(int offset, String expectation) {
        super("offset " + offset + ": " + expectation);
        this.offset = offset;
    }

    /** Index of the offending octet or character, from 0. */
    public int offset() {
        return offset;
    }
}
