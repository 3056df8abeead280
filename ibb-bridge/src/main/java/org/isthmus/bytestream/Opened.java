package org.isthmus.bytestream;

import java.util.Objects;

/**
 * What became of an attempt to open a stream.
 *
 * @param <S> the kind of stream
 */
public sealed interface Opened<S> {

    /** It is open. */
    record Stream<S>(S stream) implements Opened<S> {
        public Stream {
            Objects.requireNonNull(stream, "stream");
        }
    }

    /** It is not. */
    record Failed<S>(StreamFailure failure) implements Opened<S> {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }

    static <S> Opened<S> failed(StreamFailure.Reason reason, String detail) {
        return new Failed<>(new StreamFailure(reason, detail));
    }
}
