package org.isthmus.msrp.codec;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Random names: transaction ids (RFC 4975 §7.1: 64 bits or more), Message-IDs and session-ids (§14.1: 80 bits or more).
 * Lower-case letters and digits only, which every peer reads. Draws from its source in blocks; safe for several threads.
 */
public final class MsrpIds {

    private static final byte[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK = 2048;
    /** 5 bits a character. */
    private static final int TRANSACTION = 16;

    private static final int MESSAGE = 20;
    private static final int SESSION = 24;

    private final RandomGenerator source;
    private final byte[] block = new byte[BLOCK];
    private int used = BLOCK;

    /** @param source a cryptographic one, such as {@link java.security.SecureRandom}, outside tests */
    public MsrpIds(RandomGenerator source) {
        this.source = source;
    }

    /** 80 random bits; never looks like a number, so that no start line can be read as a response. */
    public String transactionId() {
        return draw(TRANSACTION);
    }

    /** 100 random bits. */
    public String messageId() {
        return draw(MESSAGE);
    }

    /** 120 random bits: the secret of a session. */
    public String sessionId() {
        return draw(SESSION);
    }

    /** Octets that {@link #transactionId} has. */
    public static int transactionIdLength() {
        return TRANSACTION;
    }

    private synchronized String draw(int length) {
        if (used + length > BLOCK) {
            source.nextBytes(block);
            used = 0;
        }
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = ALPHABET[block[used] & 31];
            block[used++] = 0;
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
