package org.isthmus.component.xmpp.xml;

import java.util.Arrays;

/**
 * Cuts the octets of a stream into stanzas, counting before anything parses them. Confined to one thread.
 *
 * <p>A lexer of six states that knows tags, quotes and CDATA and nothing else. UTF-8 needs no care: an octet below 0x80
 * is never part of a longer character. It exists because the parser behind it has no limits of its own, and because its
 * table of names grows with the names it meets: both are bounded here, where a stanza that is too large can still be
 * skipped instead of costing the link.
 *
 * <p>Restricted XML (RFC 6120 §11.1): comments, processing instructions and document types are faults; the XML
 * declaration at the very beginning is not.
 */
final class StanzaFramer {

    /** Takes what was cut. The array is the framer's own and changes after the call. */
    interface Frames {
        /** The start tag of the stream, with the XML declaration before it if there was one. */
        void opened(byte[] buffer, int length) throws XmlFault;

        /** One whole element at the first level. */
        void stanza(byte[] buffer, int length, long offset) throws XmlFault;

        /**
         * An element at the first level that went over a limit, whole and gone.
         *
         * @param startTagLength octets of its start tag in the buffer; 0 when that itself was too long
         */
        void skipped(byte[] buffer, int startTagLength, String rule, long offset) throws XmlFault;

        /** The end tag of the stream. */
        void closed() throws XmlFault;
    }

    private enum State {
        TEXT,
        TAG_BEGIN,
        START_TAG,
        QUOTED,
        END_TAG,
        DECLARATION,
        BANG,
        CDATA
    }

    private static final byte[] CDATA_BEGIN = {'[', 'C', 'D', 'A', 'T', 'A', '['};

    private final StreamLimits limits;
    private final Frames frames;

    private State state = State.TEXT;
    private byte quote;
    private byte previous;
    private int matched;
    private int depth;
    private int nodes;
    private int attributes;
    private boolean closed;

    private byte[] buffer = new byte[4096];
    private int length;
    private int startTagLength;
    private int tagBegin;
    private long consumed;
    private long stanzaOffset;
    private long skippedBytes;
    private String skipping = "";

    StanzaFramer(StreamLimits limits, Frames frames) {
        this.limits = limits;
        this.frames = frames;
    }

    /** Octets taken so far. */
    long offset() {
        return consumed;
    }

    /** Whether a stanza has begun and not ended. */
    boolean inStanza() {
        return depth > 1 || state != State.TEXT;
    }

    void feed(byte[] input, int from, int to) throws XmlFault {
        for (int i = from; i < to; i++) {
            take(input[i]);
        }
    }

    private void take(byte octet) throws XmlFault {
        if (closed) {
            throw fault(XmlFault.Kind.NOT_WELL_FORMED, "nothing after the end of the stream");
        }
        consumed++;
        boolean betweenStanzas = state == State.TEXT && depth <= 1;
        if (betweenStanzas && octet != '<') {
            if (octet != ' ' && octet != '\n' && octet != '\r' && octet != '\t') {
                throw fault(XmlFault.Kind.NOT_WELL_FORMED, "white space or a tag between stanzas");
            }
            return;
        }
        if (betweenStanzas) {
            begin();
        }
        keep(octet);
        step(octet);
        previous = octet;
    }

    private void step(byte octet) throws XmlFault {
        switch (state) {
            case TEXT -> {
                if (octet == '<') {
                    state = State.TAG_BEGIN;
                    tagBegin = length - 1;
                }
            }
            case TAG_BEGIN -> firstOfTag(octet);
            case START_TAG -> {
                if (octet == '"' || octet == '\'') {
                    quote = octet;
                    state = State.QUOTED;
                } else if (octet == '=') {
                    countNode();
                    attributes++;
                    if (attributes > limits.attributes()) {
                        refuse("more than " + limits.attributes() + " attributes in one element");
                    }
                } else if (octet == '<') {
                    throw fault(XmlFault.Kind.NOT_WELL_FORMED, "no '<' inside a tag");
                } else if (octet == '>') {
                    startTagEnds(previous == '/');
                }
            }
            case QUOTED -> {
                if (octet == quote) {
                    state = State.START_TAG;
                }
            }
            case END_TAG -> {
                if (octet == '>') {
                    endTagEnds();
                }
            }
            case DECLARATION -> {
                if (octet == '>' && previous == '?') {
                    state = State.TEXT;
                }
            }
            case BANG -> {
                if (octet != CDATA_BEGIN[matched]) {
                    throw fault(XmlFault.Kind.RESTRICTED_XML, "no comments and no document types");
                }
                matched++;
                if (matched == CDATA_BEGIN.length) {
                    state = State.CDATA;
                    matched = 0;
                }
            }
            case CDATA -> {
                if (octet == '>' && matched >= 2) {
                    state = State.TEXT;
                }
                matched = octet == ']' ? matched + 1 : 0;
            }
        }
    }

    private void firstOfTag(byte octet) throws XmlFault {
        switch (octet) {
            case '/' -> state = State.END_TAG;
            case '?' -> {
                if (depth > 0 || consumed != 2) {
                    throw fault(XmlFault.Kind.RESTRICTED_XML, "no processing instructions");
                }
                state = State.DECLARATION;
            }
            case '!' -> {
                if (depth <= 1) {
                    throw fault(XmlFault.Kind.RESTRICTED_XML, "no comments and no document types");
                }
                matched = 0;
                state = State.BANG;
            }
            default -> {
                attributes = 0;
                countNode();
                if (octet == '>' || octet == '<') {
                    throw fault(XmlFault.Kind.NOT_WELL_FORMED, "a name after '<'");
                }
                state = State.START_TAG;
            }
        }
    }

    private void countNode() throws XmlFault {
        nodes++;
        if (nodes > limits.nodes()) {
            refuse("more than " + limits.nodes() + " elements and attributes in one stanza");
        }
    }

    private void startTagEnds(boolean empty) throws XmlFault {
        state = State.TEXT;
        if (depth == 0) {
            if (empty || !skipping.isEmpty()) {
                throw fault(XmlFault.Kind.NOT_WELL_FORMED, "a stream header that opens a stream");
            }
            depth = 1;
            frames.opened(buffer, length);
            length = 0;
            return;
        }
        if (depth == 1) {
            startTagLength = skipping.isEmpty() ? length : 0;
        }
        if (empty) {
            stanzaMayEnd();
            return;
        }
        depth++;
        if (depth - 2 > limits.depth()) {
            refuse("more than " + limits.depth() + " levels of elements");
        }
    }

    private void endTagEnds() throws XmlFault {
        state = State.TEXT;
        depth--;
        if (depth < 0) {
            throw fault(XmlFault.Kind.NOT_WELL_FORMED, "an opening before an end");
        }
        if (depth == 0) {
            closed = true;
            frames.closed();
            return;
        }
        stanzaMayEnd();
    }

    private void stanzaMayEnd() throws XmlFault {
        if (depth != 1) {
            return;
        }
        if (skipping.isEmpty()) {
            frames.stanza(buffer, length, stanzaOffset);
        } else {
            frames.skipped(buffer, startTagLength, skipping, stanzaOffset);
        }
        length = 0;
        if (buffer.length > 64 << 10) {
            buffer = new byte[4096];
        }
    }

    private void begin() {
        if (depth == 1) {
            length = 0;
        }
        stanzaOffset = consumed - 1;
        startTagLength = 0;
        nodes = 0;
        skippedBytes = 0;
        skipping = "";
    }

    private void keep(byte octet) throws XmlFault {
        if (!skipping.isEmpty()) {
            skippedBytes++;
            if (skippedBytes > limits.skippedBytes()) {
                throw fault(XmlFault.Kind.POLICY_VIOLATION, "an end of the stanza within " + limits.skippedBytes());
            }
            return;
        }
        if (length == limits.stanzaBytes()) {
            refuse("more than " + limits.stanzaBytes() + " octets in one stanza");
            return;
        }
        if ((state == State.START_TAG || state == State.QUOTED) && length - tagBegin >= limits.startTagBytes()) {
            refuse("more than " + limits.startTagBytes() + " octets in one start tag");
            return;
        }
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, limits.stanzaBytes()));
        }
        buffer[length++] = octet;
    }

    /** From here on the stanza is counted but not kept; only its own start tag stays, for the answer. */
    private void refuse(String rule) throws XmlFault {
        if (depth == 0) {
            throw fault(XmlFault.Kind.POLICY_VIOLATION, "a stream header within the limits");
        }
        if (skipping.isEmpty()) {
            skipping = rule;
            length = startTagLength;
        }
    }

    private XmlFault fault(XmlFault.Kind kind, String expected) {
        return new XmlFault(kind, consumed, expected);
    }
}
