package org.isthmus.bytestream;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * The octets that a peer sends, as a publisher of blocks for one subscriber.
 *
 * <p>A block is a {@link ByteBuffer} of at most 64 KiB whose remaining octets are the content. It belongs to the subscriber,
 * who may keep it; nobody else has a reference. Demand is counted in blocks, and without demand the source stops its peer
 * (or buffers a constant amount and then stops it), so memory is bounded by demand times 64 KiB. Blocks come in order and
 * one at a time, on a thread of the source's own; the subscriber must not block it. {@code onComplete} says that the peer
 * has sent everything and that the number of octets is right; {@code onError} carries a {@link ByteStreamException}.
 *
 * <p>After {@code onComplete} the source waits to hear whether the file is right on the other side: {@link #confirm} tells
 * the peer so where the method can say it (the result of an IBB close), {@link #abort} tells the contrary. Cancelling the
 * subscription is an abort.
 *
 * <p>All methods may be called from any thread and at any time.
 */
public interface ByteStreamSource extends Flow.Publisher<ByteBuffer> {

    /** Everything was taken and is right. Before {@code onComplete}, or after the end, it says nothing. */
    void confirm();

    /** Ends the stream now; the subscriber hears {@code onError} if it has not heard the end yet. */
    void abort(StreamFailure why);
}
