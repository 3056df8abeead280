package org.isthmus.component.config;

import java.time.Duration;

/**
 * The bounds an operator may move; the schema says what each does when it is reached.
 *
 * @param stanza octets of the largest stanza written, 10,000 or more
 * @param linkBuffer octets waiting for one XMPP server's socket
 * @param sipMessage octets of the largest SIP message taken in
 * @param sipConnections TCP connections accepted on one listening point
 * @param sipConnectionsPerAddress of those, from one source address
 * @param pairMessages messages of one pair of people waiting in the gateway
 * @param pairOctets octets of those
 * @param turns changes of direction between two people within {@code turnWindow} that only automata reach
 * @param turnWindow see {@code turns}
 * @param turnPause for how long both directions are refused then
 * @param drain how long messages under way may take after SIGTERM
 */
public record Limits(
        int stanza,
        long linkBuffer,
        int sipMessage,
        int sipConnections,
        int sipConnectionsPerAddress,
        int pairMessages,
        long pairOctets,
        int turns,
        Duration turnWindow,
        Duration turnPause,
        Duration drain) {

    /** What holds where the file says nothing. */
    public static final Limits DEFAULTS = new Limits(
            256 << 10,
            16L << 20,
            65_535,
            256,
            16,
            1_000,
            1L << 20,
            20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));
}
