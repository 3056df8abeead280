package org.isthmus.bytestream.ibb;

import java.time.Duration;

/**
 * What an in-band stream may cost, in octets and in time. Memory of a stream is at most {@code 2 * bufferOctets} when
 * receiving and {@code window * blockSize} plus one block of its source when sending.
 *
 * @param blockSize what we propose: 4096, since Prosody with its default settings stalls 40 ms at each stanza above 8 KB
 * @param maxBlockSize what we accept; a larger proposal is answered with {@code resource-constraint} and comes again smaller
 * @param minBlockSize below it we do not go when a peer wants smaller blocks
 * @param window blocks on their way without an answer, at most; it opens by one with each answer
 * @param bufferOctets received octets that may wait for the reader before results are withheld
 * @param ackLimit a result is withheld no longer than that: Smack gives up after 5 s
 * @param answerLimit how long a block may be unanswered: a stock ejabberd lets one block of 64 KB through in 23 s
 * @param openLimit how long {@code <open/>} may be unanswered
 * @param closeLimit how long {@code <close/>} may be unanswered, by the peer or by our reader's confirmation
 * @param closeGrace how long a peer that has sent everything may leave out {@code <close/>}
 * @param quietLimit how long no octet may move
 * @param retryDelay the pause before blocks that bounced for a passing reason are sent again
 * @param retries how often that is done in a row
 * @param streams at once, in all
 * @param streamsPerPeer at once with one full JID
 */
public record IbbLimits(
        int blockSize,
        int maxBlockSize,
        int minBlockSize,
        int window,
        int bufferOctets,
        Duration ackLimit,
        Duration answerLimit,
        Duration openLimit,
        Duration closeLimit,
        Duration closeGrace,
        Duration quietLimit,
        Duration retryDelay,
        int retries,
        int streams,
        int streamsPerPeer) {

    /** XEP-0047 §2.1. */
    public static final int LARGEST_BLOCK = 65_535;

    private static final IbbLimits DEFAULTS = new IbbLimits(
            4096,
            16_384,
            512,
            8,
            256 * 1024,
            Duration.ofSeconds(4),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(180),
            Duration.ofSeconds(5),
            1,
            10_000,
            32);

    public IbbLimits {
        range("blockSize", blockSize, 1, LARGEST_BLOCK);
        range("maxBlockSize", maxBlockSize, 1, LARGEST_BLOCK);
        range("minBlockSize", minBlockSize, 1, blockSize);
        range("window", window, 1, 64);
        range("bufferOctets", bufferOctets, LARGEST_BLOCK, 64 * 1024 * 1024);
        range("retries", retries, 0, 100);
        range("streams", streams, 1, Integer.MAX_VALUE);
        range("streamsPerPeer", streamsPerPeer, 1, Integer.MAX_VALUE);
    }

    public static IbbLimits defaults() {
        return DEFAULTS;
    }

    /** With another proposal; the smallest follows it down. */
    public IbbLimits withBlockSize(int octets) {
        return copy(octets, maxBlockSize, window, bufferOctets, streams, streamsPerPeer);
    }

    public IbbLimits withMaxBlockSize(int octets) {
        return copy(blockSize, octets, window, bufferOctets, streams, streamsPerPeer);
    }

    public IbbLimits withWindow(int blocks) {
        return copy(blockSize, maxBlockSize, blocks, bufferOctets, streams, streamsPerPeer);
    }

    public IbbLimits withBufferOctets(int octets) {
        return copy(blockSize, maxBlockSize, window, octets, streams, streamsPerPeer);
    }

    public IbbLimits withStreams(int inAll, int perPeer) {
        return copy(blockSize, maxBlockSize, window, bufferOctets, inAll, perPeer);
    }

    /** Octets that may be buffered after all, since a result cannot be withheld for ever. */
    long hardBufferOctets() {
        return 2L * bufferOctets;
    }

    private IbbLimits copy(int block, int maxBlock, int blocks, int buffer, int inAll, int perPeer) {
        return new IbbLimits(
                block,
                maxBlock,
                Math.min(minBlockSize, block),
                blocks,
                buffer,
                ackLimit,
                answerLimit,
                openLimit,
                closeLimit,
                closeGrace,
                quietLimit,
                retryDelay,
                retries,
                inAll,
                perPeer);
    }

    private static void range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
