package org.isthmus.component.xmpp.stream;

import java.time.Duration;

/**
 * Sizes and times of one link.
 *
 * @param stanzaBytes largest stanza written; above it, some servers close the link (Prosody 512 KiB, Openfire 1 MiB;
 *     ejabberd {@code max_stanza_size}, unlimited unless set)
 * @param bufferBytes octets accepted and not yet read by the server (not yet taken by the socket, for those that nobody
 *     waits for), above which stanzas are refused
 * @param connectTimeout for each address of the host
 * @param handshakeTimeout from the connection to the server's {@code <handshake/>}
 * @param pingInterval between keep-alive pings; Openfire drops links it hears nothing on for 6 minutes
 * @param pingTimeout until a ping counts as missed; the second miss ends the connection
 * @param writeStall how long the server may read nothing before stanzas are refused
 * @param closeGrace how long an orderly close waits for answers
 * @param retryFirst wait before the first reconnection; doubled each time, with jitter
 * @param retryCap longest such wait
 * @param retryConfiguration shortest wait after an error that only the operator can mend
 * @param stableAfter how long a link must have been up for the waits to begin anew
 */
public record LinkLimits(
        int stanzaBytes,
        long bufferBytes,
        Duration connectTimeout,
        Duration handshakeTimeout,
        Duration pingInterval,
        Duration pingTimeout,
        Duration writeStall,
        Duration closeGrace,
        Duration retryFirst,
        Duration retryCap,
        Duration retryConfiguration,
        Duration stableAfter) {

    public static final LinkLimits DEFAULT = new LinkLimits(
            256 << 10,
            16L << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60));

    public LinkLimits {
        if (stanzaBytes < 10_000 || bufferBytes < stanzaBytes) {
            throw new IllegalArgumentException("stanzaBytes is at least 10000, bufferBytes at least stanzaBytes");
        }
    }
}
