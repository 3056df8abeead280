package org.isthmus.translation.sdp;

import java.util.Locale;
import java.util.Optional;

/** Which way media flows, seen from who wrote the description (RFC 8866 §6.7). */
public enum SdpDirection {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /** The attribute's name. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The attribute. */
    public SdpLine line() {
        return SdpLine.attribute(wire());
    }

    /** What the other side answers with: it receives what this one sends (RFC 3264 §6.1). */
    public SdpDirection answer() {
        return switch (this) {
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case SENDRECV, INACTIVE -> this;
        };
    }

    static Optional<SdpDirection> of(SdpLine line) {
        for (SdpDirection direction : values()) {
            if (line.isAttribute(direction.wire())) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }
}
