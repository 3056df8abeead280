package org.isthmus.msrp.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The hash of a certificate in its DER form, as in {@code a=fingerprint} (RFC 8122 §5).
 *
 * @param algorithm lower case, such as {@code sha-256}
 * @param hex upper-case octets separated by colons
 */
public record Fingerprint(String algorithm, String hex) {

    /** MD5 and MD2 must not be used (RFC 8122 §5); SHA-1 is what RFC 4975 §14.4 prints. */
    private static final List<String> ALGORITHMS = List.of("sha-1", "sha-224", "sha-256", "sha-384", "sha-512");

    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        hex = hex.toUpperCase(Locale.ROOT);
        if (!ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException("fingerprint: " + algorithm + " (expected: one of " + ALGORITHMS + ")");
        }
        if (!hex.matches("[0-9A-F]{2}(:[0-9A-F]{2}){" + (octets(algorithm) - 1) + "}")) {
            throw new IllegalArgumentException(
                    "fingerprint: (expected: " + octets(algorithm) + " hexadecimal octets separated by colons)");
        }
    }

    /** Of that certificate, by SHA-256. */
    public static Fingerprint of(X509Certificate certificate) {
        return of(certificate, "sha-256");
    }

    /** Of that certificate, by that algorithm. */
    public static Fingerprint of(X509Certificate certificate, String algorithm) {
        try {
            byte[] hash = MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT))
                    .digest(certificate.getEncoded());
            return new Fingerprint(
                    algorithm, HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalArgumentException("fingerprint: " + algorithm + " cannot be computed", e);
        }
    }

    /**
     * Reads the value of the attribute, {@code sha-256 AB:CD:…}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Fingerprint parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("fingerprint: (expected: algorithm, space, octets)");
        }
        return new Fingerprint(
                text.substring(0, space), text.substring(space + 1).trim());
    }

    /** Whether it is that certificate's. */
    public boolean matches(X509Certificate certificate) {
        return of(certificate, algorithm).equals(this);
    }

    /** The value of the attribute. */
    @Override
    public String toString() {
        return algorithm + " " + hex;
    }

    private static int octets(String algorithm) {
        return switch (algorithm) {
            case "sha-1" -> 20;
            case "sha-224" -> 28;
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            default -> 64;
        };
    }
}
