package org.isthmus.bytestream.socks5;

import java.time.Duration;

/**
 * What a SOCKS5 stream may cost in time. Memory of a stream is one read of 64 KiB when receiving, {@value
 * Socks5Sink#BLOCKS_IN_FLIGHT} blocks when sending.
 *
 * @param offerAnswer how long a target may try our hosts: libpurple takes 5 s for each
 * @param offerWait how long a requester may take from its agreement to its offer
 * @param arrival how long a target's connection to our stream host may be behind its answer
 * @param activation how long a proxy may take to activate
 * @param quiet how long no octet may move
 * @param ending how long the other end may take to close after the last octet
 * @param confirmation how long our reader may take to say that the whole is right
 */
public record Socks5Limits(
        Duration offerAnswer,
        Duration offerWait,
        Duration arrival,
        Duration activation,
        Duration quiet,
        Duration ending,
        Duration confirmation) {

    private static final Socks5Limits DEFAULTS = new Socks5Limits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(180),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    public static Socks5Limits defaults() {
        return DEFAULTS;
    }

    /** With another time of silence. */
    public Socks5Limits withQuiet(Duration time) {
        return new Socks5Limits(offerAnswer, offerWait, arrival, activation, time, ending, confirmation);
    }
}
