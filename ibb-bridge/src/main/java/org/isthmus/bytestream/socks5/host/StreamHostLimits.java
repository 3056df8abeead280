package org.isthmus.bytestream.socks5.host;

import java.time.Duration;

/**
 * What strangers may cost our stream host.
 *
 * @param handshake how long a connection may take until it has named a destination that is expected
 * @param handshakes at once, at most; more connections are closed at once
 * @param backlog connections that the operating system may hold before they are accepted
 */
public record StreamHostLimits(Duration handshake, int handshakes, int backlog) {

    private static final StreamHostLimits DEFAULTS = new StreamHostLimits(Duration.ofSeconds(15), 256, 128);

    public StreamHostLimits {
        if (handshakes < 1 || backlog < 1) {
            throw new IllegalArgumentException("handshakes and backlog: expected 1 or more");
        }
    }

    public static StreamHostLimits defaults() {
        return DEFAULTS;
    }
}
