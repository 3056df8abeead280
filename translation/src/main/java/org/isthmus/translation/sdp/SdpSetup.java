package org.isthmus.translation.sdp;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Who opens the connection (RFC 4145 §4, RFC 6135 §4.2). */
public enum SdpSetup {
    /** This side connects. */
    ACTIVE,
    /** This side waits. Never offered, but an answer may say it (RFC 6135 §4.2.1). */
    PASSIVE,
    /** Either; the answerer chooses. */
    ACTPASS;

    /** The attribute's value. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The attribute. */
    public SdpLine line() {
        return SdpLine.attribute("setup", wire());
    }

    /** What may answer an offer (RFC 4145 §4.1). */
    public Set<SdpSetup> allowedAnswers() {
        return switch (this) {
            case ACTIVE -> Set.of(PASSIVE);
            case PASSIVE -> Set.of(ACTIVE);
            case ACTPASS -> Set.of(ACTIVE, PASSIVE);
        };
    }

    /**
     * Reads the attribute's value.
     *
     * @return empty for {@code holdconn}, which is ignored (RFC 6135 §4.2.1), and for values that are not defined
     */
    static Optional<SdpSetup> of(String value) {
        return switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "active" -> Optional.of(ACTIVE);
            case "passive" -> Optional.of(PASSIVE);
            case "actpass" -> Optional.of(ACTPASS);
            default -> Optional.empty();
        };
    }
}
