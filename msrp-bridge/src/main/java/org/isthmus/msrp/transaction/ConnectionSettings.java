package org.isthmus.msrp.transaction;

import java.time.Duration;
import org.isthmus.msrp.codec.MsrpLimits;

/**
 * Limits and times of a connection. Times are kept to about a second.
 *
 * @param limits of the decoder
 * @param transactionTimeout from the last octet of a request to its response; RFC 4975 §7.1.1 says 30 s
 * @param probation an accepted connection must bring a request for one of our sessions within it (RFC 4976 §6.1: 30 s)
 * @param frameStall the longest silence in the middle of a frame, while we read
 * @param writeStall the longest time that the peer takes nothing of what we have to write
 * @param keepAlive after so long a silence a SEND without a body asks whether the peer is alive; zero: never
 * @param unusedLinger a connection without sessions is kept so long for the next one
 * @param openChunkLimit a chunk that is written piece by piece is ended with {@code +} after so long, because peers
 *     give up on a connection that stays silent for 30 s
 * @param batchOctets how much is handed to the socket at a time; also what a chat message waits for at most
 * @param maxUnanswered requests in flight; no chunk is begun beyond it
 * @param maxControlBacklog octets of responses and REPORTs that the peer does not read before we stop reading from it
 */
public record ConnectionSettings(
        MsrpLimits limits,
        Duration transactionTimeout,
        Duration probation,
        Duration frameStall,
        Duration writeStall,
        Duration keepAlive,
        Duration unusedLinger,
        Duration openChunkLimit,
        int batchOctets,
        int maxUnanswered,
        int maxControlBacklog) {

    public ConnectionSettings {
        if (batchOctets < 2048 || maxUnanswered < 1 || maxControlBacklog < 1024) {
            throw new IllegalArgumentException("batchOctets " + batchOctets + ", maxUnanswered " + maxUnanswered
                    + ", maxControlBacklog " + maxControlBacklog + " (expected: 2048, 1, 1024 or more)");
        }
    }

    /** 30 s, 30 s, 30 s, 5 min, 60 s, 30 s, 20 s; 64 KiB, 4096 requests, 256 KiB. */
    public static ConnectionSettings defaults() {
        Duration half = Duration.ofSeconds(30);
        return new ConnectionSettings(
                MsrpLimits.defaults(),
                half,
                half,
                half,
                Duration.ofMinutes(5),
                Duration.ofSeconds(60),
                half,
                Duration.ofSeconds(20),
                64 * 1024,
                4096,
                256 * 1024);
    }

    public ConnectionSettings withLimits(MsrpLimits changed) {
        return new ConnectionSettings(
                changed,
                transactionTimeout,
                probation,
                frameStall,
                writeStall,
                keepAlive,
                unusedLinger,
                openChunkLimit,
                batchOctets,
                maxUnanswered,
                maxControlBacklog);
    }

    public ConnectionSettings withKeepAlive(Duration silence) {
        return new ConnectionSettings(
                limits,
                transactionTimeout,
                probation,
                frameStall,
                writeStall,
                silence,
                unusedLinger,
                openChunkLimit,
                batchOctets,
                maxUnanswered,
                maxControlBacklog);
    }

    public ConnectionSettings withUnusedLinger(Duration time) {
        return new ConnectionSettings(
                limits,
                transactionTimeout,
                probation,
                frameStall,
                writeStall,
                keepAlive,
                time,
                openChunkLimit,
                batchOctets,
                maxUnanswered,
                maxControlBacklog);
    }

    public ConnectionSettings withBatchOctets(int octets) {
        return new ConnectionSettings(
                limits,
                transactionTimeout,
                probation,
                frameStall,
                writeStall,
                keepAlive,
                unusedLinger,
                openChunkLimit,
                octets,
                maxUnanswered,
                maxControlBacklog);
    }

    public ConnectionSettings withMaxUnanswered(int requests) {
        return new ConnectionSettings(
                limits,
                transactionTimeout,
                probation,
                frameStall,
                writeStall,
                keepAlive,
                unusedLinger,
                openChunkLimit,
                batchOctets,
                requests,
                maxControlBacklog);
    }
}
