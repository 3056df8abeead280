package org.isthmus.component.xmpp.xml;

import java.util.Locale;

/** Input that is not a component stream. The only exception that leaves the decoder; the stream cannot go on after it. */
public final class XmlFault extends Exception {

    private static final long serialVersionUID = 1L;

    /** The stream error that names the fault (RFC 6120 §4.9.3). */
    public enum Kind {
        NOT_WELL_FORMED,
        RESTRICTED_XML,
        POLICY_VIOLATION;

        /** The element name of the stream error. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Kind kind;
    private final long offset;

    /**
     * @param offset octets of the stream before the fault, or before the stanza that holds it
     * @param expected what would have been right, in words; never what was read, which may be a message
     */
    public XmlFault(Kind kind, long offset, String expected) {
        super(kind.wire() + " at octet " + offset + ": " + expected);
        this.kind = kind;
        this.offset = offset;
    }

    public Kind kind() {
        return kind;
    }

    public long offset() {
        return offset;
    }
}
