package org.isthmus.translation.imdn;

import java.util.Locale;
import java.util.Optional;

/** The outcomes of a notification (RFC 5438 §11.1.7). */
public enum ImdnStatus {
    DELIVERED,
    FAILED,
    DISPLAYED,
    PROCESSED,
    STORED,
    /** The recipient does not want to tell. */
    FORBIDDEN,
    /** The recipient cannot tell. */
    ERROR;

    /** The element's name. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ImdnStatus> named(String wire) {
        for (ImdnStatus status : values()) {
            if (status.wire().equals(wire)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }
}
