package org.isthmus.bytestream;

import java.util.Objects;
import java.util.Optional;

/**
 * How a stream ended.
 *
 * @param octets how many passed: acknowledged or written when sending, delivered to us when receiving
 * @param failure empty when it ended well
 */
public record StreamEnd(long octets, Optional<StreamFailure> failure) {

    public StreamEnd {
        Objects.requireNonNull(failure, "failure");
    }

    /** Whether the whole passed. */
    public boolean complete() {
        return failure.isEmpty();
    }
}
