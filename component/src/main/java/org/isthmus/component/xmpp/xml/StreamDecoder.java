package org.isthmus.component.xmpp.xml;

import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a component stream, cut anywhere, to elements. Confined to one thread; after an {@link XmlFault} it is used
 * up.
 *
 * <p>Two halves: {@link StanzaFramer} finds the ends of stanzas and counts, {@link StanzaParser} reads what is within
 * the limits. A stanza over a limit is not a fault, because whoever sent it is one of many users behind the server: the
 * sink gets its envelope and the rule, and can answer.
 */
public final class StreamDecoder {

    /** Takes what was read, in order, on the feeding thread. */
    public interface Sink {
        /** The stream's own element, without content. */
        void opened(XmlElement header);

        /** A whole element at the first level. */
        void element(XmlElement element);

        /**
         * An element at the first level that went over a limit and was skipped.
         *
         * @param envelope its name and attributes; null when even these were too long
         * @param rule the limit, in words
         */
        void skipped(@Nullable XmlElement envelope, String rule);

        /** The stream's end tag. */
        void closed();
    }

    private final StanzaFramer framer;

    public StreamDecoder(StreamLimits limits, Sink sink) {
        StanzaParser parser = new StanzaParser();
        this.framer = new StanzaFramer(limits, new StanzaFramer.Frames() {
            @Override
            public void opened(byte[] buffer, int length) throws XmlFault {
                sink.opened(parser.open(buffer, length));
            }

            @Override
            public void stanza(byte[] buffer, int length, long offset) throws XmlFault {
                sink.element(parser.parse(buffer, length, offset));
            }

            @Override
            public void skipped(byte[] buffer, int startTagLength, String rule, long offset) throws XmlFault {
                sink.skipped(startTagLength == 0 ? null : parser.parseEnvelope(buffer, startTagLength, offset), rule);
            }

            @Override
            public void closed() {
                sink.closed();
            }
        });
    }

    /**
     * Reads on.
     *
     * @throws XmlFault when this is not a stream, with offset and expectation
     */
    public void feed(byte[] input, int from, int to) throws XmlFault {
        framer.feed(input, from, to);
    }

    /** Octets read so far. */
    public long offset() {
        return framer.offset();
    }
}
