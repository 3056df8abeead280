package org.isthmus.bytestream.ibb;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.isthmus.bytestream.StreamEnd;

/**
 * What a stream is to carry.
 *
 * @param direction which way
 * @param octets how many, if that was agreed; of a stream in both directions it is not known
 * @param onEnd told once how an open stream ended, on the owner's thread
 */
public record IbbTransfer(Direction direction, OptionalLong octets, Consumer<StreamEnd> onEnd) {

    /** Seen from us. */
    public enum Direction {
        SEND,
        RECEIVE,
        BOTH;

        boolean sends() {
            return this != RECEIVE;
        }

        boolean receives() {
            return this != SEND;
        }
    }

    public IbbTransfer {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(octets, "octets");
        Objects.requireNonNull(onEnd, "onEnd");
        if (direction == Direction.BOTH && octets.isPresent()) {
            throw new IllegalArgumentException("octets: a number for which direction?");
        }
    }

    /** We send a file of that size. */
    public static IbbTransfer send(long octets, Consumer<StreamEnd> onEnd) {
        return new IbbTransfer(Direction.SEND, OptionalLong.of(octets), onEnd);
    }

    /** We receive a file of that size. */
    public static IbbTransfer receive(long octets, Consumer<StreamEnd> onEnd) {
        return new IbbTransfer(Direction.RECEIVE, OptionalLong.of(octets), onEnd);
    }

    /** Both ways, until one side closes. */
    public static IbbTransfer both(Consumer<StreamEnd> onEnd) {
        return new IbbTransfer(Direction.BOTH, OptionalLong.empty(), onEnd);
    }
}
