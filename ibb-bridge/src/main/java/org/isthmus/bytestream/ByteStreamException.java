package org.isthmus.bytestream;

import java.util.Objects;

/** What {@link java.util.concurrent.Flow.Subscriber#onError} gets from this library when a stream fails. */
public final class ByteStreamException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient StreamFailure failure;

    public ByteStreamException(StreamFailure failure) {
        super(failure.toString(), null, false, false); // no stack trace: it is a message, not a defect
        this.failure = Objects.requireNonNull(failure, "failure");
    }

    /** Why. */
    public StreamFailure failure() {
        return failure;
    }

    /** The failure that this exception carries; any other exception is a failure of the reader itself. */
    public static StreamFailure failureOf(Throwable error) {
        return error instanceof ByteStreamException known
                ? known.failure()
                : new StreamFailure(
                        StreamFailure.Reason.CANCELLED, error.getClass().getSimpleName());
    }
}
