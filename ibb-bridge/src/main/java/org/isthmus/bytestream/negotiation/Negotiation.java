package org.isthmus.bytestream.negotiation;

import org.isthmus.bytestream.StreamFailure;

/** A stream that is being opened. */
public interface Negotiation {

    /**
     * Gives up: the other side hung up, or there is no room. The outcome is told as failed, unless it was told already. From
     * any thread.
     */
    void abort(StreamFailure why);
}
