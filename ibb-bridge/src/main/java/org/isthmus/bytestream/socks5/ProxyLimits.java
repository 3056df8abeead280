package org.isthmus.bytestream.socks5;

import java.time.Duration;

/**
 * What looking for proxies may cost.
 *
 * @param answer how long each question may take
 * @param keepFound how long what was found is believed
 * @param keepNothing how long it is believed that there is none, or none that lets us in
 * @param items of the server that are asked whether they are a proxy, at most
 * @param waiting questions of ours that may wait for the answer, at most; more are told that there is none
 */
public record ProxyLimits(Duration answer, Duration keepFound, Duration keepNothing, int items, int waiting) {

    private static final ProxyLimits DEFAULTS =
            new ProxyLimits(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofMinutes(10), 50, 10_000);

    public static ProxyLimits defaults() {
        return DEFAULTS;
    }
}
