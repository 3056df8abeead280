package org.isthmus.component.sip.framing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Tags for answers without state: the same request gets the same tag, and nobody else can foretell it (RFC 3261 §8.2.7,
 * §19.3). Keyed for the life of the process. Any thread.
 */
public final class TagStamp {

    private final byte[] key = new byte[16];

    public TagStamp(SecureRandom random) {
        random.nextBytes(key);
    }

    /** The To tag of a stateless answer to this request. */
    public String of(RawHead request) {
        MessageDigest digest = sha256();
        digest.update(key);
        for (String name : new String[] {"via", "call-id", "cseq"}) {
            digest.update(request.first(name).orElse("").getBytes(StandardCharsets.ISO_8859_1));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException required) {
            throw new AssertionError("every Java platform has SHA-256", required);
        }
    }
}
