package org.isthmus.component.xmpp.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The proof of the shared secret (XEP-0114 §3). */
final class Handshake {

    private Handshake() {}

    /**
     * Lower-case hexadecimal SHA-1 over stream id and secret; ejabberd compares the case.
     *
     * @param streamId the id as the parser gave it, unescaped
     */
    static String digest(String streamId, String secret) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((streamId + secret).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }
}
