package org.isthmus.msrp.message;

import java.time.Duration;

/**
 * What a peer may make a session hold of its messages.
 *
 * @param maxMessageOctets a larger message is refused with 413, as soon as that is known
 * @param maxMessages messages that have begun and not ended; more are refused with 413
 * @param heldOctets octets of a message that nobody has decided on; then the connection is not read
 * @param earlyOctets octets of a stream that came before their turn; beyond it the message is refused with 413
 * @param decisionLimit after so long the chunks of an undecided message are acknowledged all the same, because their
 *     sender gives up after 30 s
 * @param stallLimit a message of which nothing comes for so long is given up
 * @param takerLimit a message that its taker does not take for so long is refused
 */
public record IncomingLimits(
        long maxMessageOctets,
        int maxMessages,
        int heldOctets,
        int earlyOctets,
        Duration decisionLimit,
        Duration stallLimit,
        Duration takerLimit) {

    /** No size limit, 16 messages, 64 KiB, 256 KiB, 20 s, 2 min, 10 min. */
    public static IncomingLimits defaults() {
        return new IncomingLimits(
                Long.MAX_VALUE,
                16,
                64 * 1024,
                256 * 1024,
                Duration.ofSeconds(20),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10));
    }

    public IncomingLimits withMaxMessageOctets(long octets) {
        return new IncomingLimits(octets, maxMessages, heldOctets, earlyOctets, decisionLimit, stallLimit, takerLimit);
    }

    public IncomingLimits withMaxMessages(int count) {
        return new IncomingLimits(
                maxMessageOctets, count, heldOctets, earlyOctets, decisionLimit, stallLimit, takerLimit);
    }
}
