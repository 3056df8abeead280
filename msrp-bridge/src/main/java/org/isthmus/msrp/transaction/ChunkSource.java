package org.isthmus.msrp.transaction;

import io.netty.buffer.ByteBuf;

/**
 * A message that is being sent, as the connection sees it: it writes a frame, or a part of one, whenever it is its turn.
 * All methods run on the connection's loop.
 */
public interface ChunkSource {

    /** Whose turn it takes: messages of one session and priority share one. Compared by identity. */
    Object turn();

    Priority priority();

    /**
     * Nanoseconds until it can write: 0 now, {@link Long#MAX_VALUE} not before it {@linkplain MsrpConnection#wake wakes}
     * the connection.
     */
    long readyIn(long nanoTime);

    /** An estimate of what {@link #write} is about to append. */
    int estimate(int maxOctets);

    /**
     * Appends a frame, or a piece of one that stays {@linkplain #isOpen open}.
     *
     * @param maxOctets of the body, 2048 or more
     * @return how much of the body was appended
     */
    int write(ByteBuf out, int maxOctets, ChunkSink sink);

    /** Whether the end-line of what was written is still to come: nobody else may write before it. */
    boolean isOpen();

    /** When the open chunk was begun, by {@link ChunkSink#nanoTime}. */
    long openSince();

    /**
     * Appends the end-line {@code +} of an open chunk, with data before it where there is some.
     *
     * @return how much of the body was appended
     */
    int interrupt(ByteBuf out, ChunkSink sink);

    /** So many octets of the body, written earlier, have gone to the system. */
    void written(long octets);

    /** Nothing more will be written: the connection forgets the source. */
    boolean isFinished();
}
