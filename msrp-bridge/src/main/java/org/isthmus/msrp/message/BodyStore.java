package org.isthmus.msrp.message;

import java.nio.ByteBuffer;

/** Where the octets of an incoming message go, once it is decided. Confined to the loop. */
interface BodyStore {

    /**
     * Octets of the message.
     *
     * @param offset of the first of them, from 0
     * @return false when they cannot be taken: too many, or too far from those before
     */
    boolean put(long offset, ByteBuffer data);

    /** Whether every octet before {@code total} has come. */
    boolean isWhole(long total);

    /** Octets received without a gap from the first one on. */
    long received();

    /** Everything has come. */
    void complete(long total);

    /** The rest will not come. */
    void fail(MessageFailure failure);

    /** Whether it is the taker that is waited for, not the sender. */
    boolean isTakerSlow();
}
