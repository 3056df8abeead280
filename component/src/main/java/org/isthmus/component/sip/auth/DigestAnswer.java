package org.isthmus.component.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.isthmus.component.sip.auth.Credentials.Login;

/** The answer to a digest challenge (RFC 7616 §3.4; SHA-256 for SIP: RFC 8760). Each nonce is used once. */
public final class DigestAnswer {

    /** RFC 7616 §6.1 names and the JDK's. */
    private static final Map<String, String> ALGORITHMS = Map.of("MD5", "MD5", "SHA-256", "SHA-256");

    private DigestAnswer() {}

    static boolean knows(Optional<String> algorithm) {
        return ALGORITHMS.containsKey(algorithm.orElse("MD5").toUpperCase(Locale.ROOT));
    }

    /**
     * The header line that answers the challenge.
     *
     * @param uri the Request-URI, as on the wire
     * @param cnonce fresh and unguessable
     */
    public static String line(DigestChallenge challenge, Login login, String method, String uri, String cnonce) {
        String algorithm = ALGORITHMS.get(challenge.algorithm().orElse("MD5").toUpperCase(Locale.ROOT));
        if (algorithm == null) {
            throw new IllegalArgumentException("algorithm: " + challenge.algorithm() + " (expected: MD5 or SHA-256)");
        }
        String a1 = hash(algorithm, login.user() + ":" + challenge.realm() + ":" + login.secret());
        String a2 = hash(algorithm, method + ":" + uri);
        String middle = challenge.qop() ? challenge.nonce() + ":00000001:" + cnonce + ":auth" : challenge.nonce();
        StringBuilder out = new StringBuilder(challenge.header())
                .append(": Digest username=")
                .append(quoted(login.user()))
                .append(", realm=")
                .append(quoted(challenge.realm()))
                .append(", nonce=")
                .append(quoted(challenge.nonce()))
                .append(", uri=")
                .append(quoted(uri))
                .append(", response=\"")
                .append(hash(algorithm, a1 + ":" + middle + ":" + a2))
                .append('"');
        challenge.algorithm().ifPresent(given -> out.append(", algorithm=").append(given));
        challenge.opaque().ifPresent(opaque -> out.append(", opaque=").append(quoted(opaque)));
        if (challenge.qop()) {
            out.append(", qop=auth, nc=00000001, cnonce=").append(quoted(cnonce));
        }
        return out.toString();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(Character.isISOControl(c) ? ' ' : c);
        }
        return out.append('"').toString();
    }

    private static String hash(String algorithm, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException required) {
            throw new AssertionError("every Java platform has " + algorithm, required);
        }
    }
}
