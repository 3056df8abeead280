package org.isthmus.translation.presence;

import java.util.Locale;
import java.util.Optional;

/** The availability of a resource that is there (RFC 6121 §4.7.2.1); without one it is simply available. */
public enum Show {
    AWAY,
    CHAT,
    DND,
    XA;

    /** The element's text. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of a text; empty for one that is not defined, which counts as available (RFC 6121 §4.7.2.1). */
    public static Optional<Show> of(String text) {
        for (Show show : values()) {
            if (show.wire().equals(text.strip())) {
                return Optional.of(show);
            }
        }
        return Optional.empty();
    }

    /**
     * How willing somebody is to be addressed, most first: chat, available, busy, away, away for long. Busy comes before
     * away, because it is what a person says and away mostly what a machine does.
     */
    static int rank(Optional<Show> show) {
        return show.map(found -> switch (found) {
                    case CHAT -> 0;
                    case DND -> 2;
                    case AWAY -> 3;
                    case XA -> 4;
                })
                .orElse(1);
    }
}
