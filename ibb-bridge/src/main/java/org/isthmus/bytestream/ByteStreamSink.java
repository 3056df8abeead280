package org.isthmus.bytestream;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/**
 * Sends what it is given to a peer: a subscriber of blocks.
 *
 * <p>A block given to {@code onNext} belongs to the sink from then on. The sink asks for as much as it can send within a
 * constant buffer. {@code onComplete} makes it end the stream as the method prescribes; {@code onError} makes it break the
 * stream off, so that the peer does not take what it has for the whole. How it ended is told to the listener that was given
 * when the stream was opened, once.
 *
 * <p>Signals may come from any thread, one at a time, as {@link Flow} prescribes.
 */
public interface ByteStreamSink extends Flow.Subscriber<ByteBuffer> {

    /** Ends the stream now and cancels what it is subscribed to. From any thread, at any time. */
    void abort(StreamFailure why);
}
