package org.isthmus.bytestream.ibb;

import java.util.Objects;
import java.util.OptionalInt;

/** The three payloads of XEP-0047 §2. */
public sealed interface IbbElement {

    /** Names the stream between the two addresses of the stanza. */
    String sid();

    /**
     * Proposes a stream.
     *
     * @param blockSize octets in a block before base64, 1 to 65535
     * @param carrier the stanzas that will carry the data
     */
    record Open(String sid, int blockSize, Carrier carrier) implements IbbElement {
        public Open {
            Objects.requireNonNull(sid, "sid");
            Objects.requireNonNull(carrier, "carrier");
        }
    }

    /**
     * A block.
     *
     * @param seq 0 to 65535; empty when it is missing or no such number, which ends the stream
     * @param base64 the content as it came
     */
    record Data(String sid, OptionalInt seq, String base64) implements IbbElement {
        public Data {
            Objects.requireNonNull(sid, "sid");
            Objects.requireNonNull(seq, "seq");
            Objects.requireNonNull(base64, "base64");
        }

        /** Without the content. */
        @Override
        public String toString() {
            return "Data[sid=" + sid + ", seq=" + seq + ", " + base64.length() + " characters]";
        }
    }

    /** Ends the stream. */
    record Close(String sid) implements IbbElement {
        public Close {
            Objects.requireNonNull(sid, "sid");
        }
    }

    /** The kinds of stanza that can carry data. */
    enum Carrier {
        IQ,
        MESSAGE
    }
}
