package org.isthmus.bytestream.si;

import java.util.Objects;
import java.util.Optional;
import org.isthmus.bytestream.StreamMethod;

/**
 * An accepted offer (XEP-0095 §3.2).
 *
 * @param method the method the receiver chose
 * @param fallback the method it named besides
 * @param range the part it wants, if not all; nobody who did not offer ranges has to send one
 */
public record SiAnswer(StreamMethod method, Optional<StreamMethod> fallback, Optional<SiRange> range) {

    public SiAnswer {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(fallback, "fallback");
        Objects.requireNonNull(range, "range");
    }

    /** The whole file by that method. */
    public static SiAnswer of(StreamMethod method) {
        return new SiAnswer(method, Optional.empty(), Optional.empty());
    }
}
