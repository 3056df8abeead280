package org.isthmus.bytestream.socks5.dial;

import java.time.Duration;

/**
 * What dialling may cost.
 *
 * @param each for one address, handshake included
 * @param headStart after it the next candidate is tried besides
 * @param total for all candidates: Smack waits 10 s for the answer
 * @param candidates of an offer, at most
 * @param addresses of a candidate, at most
 * @param shortReplyGrace how long the rest of a SOCKS5 reply may take that began with success
 */
public record DialLimits(
        Duration each, Duration headStart, Duration total, int candidates, int addresses, Duration shortReplyGrace) {

    private static final DialLimits DEFAULTS = new DialLimits(
            Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(9), 12, 3, Duration.ofSeconds(2));

    public DialLimits {
        if (candidates < 1 || addresses < 1) {
            throw new IllegalArgumentException("candidates and addresses: expected 1 or more");
        }
    }

    public static DialLimits defaults() {
        return DEFAULTS;
    }
}
