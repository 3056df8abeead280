package org.isthmus.translation.sdp;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.isthmus.translation.text.Ascii;

/**
 * A certificate fingerprint (RFC 8122 §5).
 *
 * @param hash the function, lower case, for example {@code sha-256}
 * @param value upper-case hexadecimal octets joined by colons
 */
public record SdpFingerprint(String hash, String value) {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    public SdpFingerprint {
        Objects.requireNonNull(hash, "hash");
        Objects.requireNonNull(value, "value");
    }

    /** The fingerprint of a digest. */
    public static SdpFingerprint of(String hash, byte[] digest) {
        return new SdpFingerprint(hash.toLowerCase(Locale.ROOT), COLONS.formatHex(digest));
    }

    /**
     * Reads an attribute's value, the digits in either case.
     *
     * @throws SdpSyntaxException when it is not a function and octets
     */
    public static SdpFingerprint parse(String value) throws SdpSyntaxException {
        String text = value.strip();
        int space = text.indexOf(' ');
        String digits = text.substring(space + 1).strip().toUpperCase(Locale.ROOT);
        if (space < 1 || !isOctets(digits)) {
            throw new SdpSyntaxException(Math.max(space, 0), "expected a hash function and octets joined by colons");
        }
        return new SdpFingerprint(text.substring(0, space).toLowerCase(Locale.ROOT), digits);
    }

    /** The attribute. */
    public SdpLine line() {
        return SdpLine.attribute("fingerprint", hash + " " + value);
    }

    private static boolean isOctets(String digits) {
        if (digits.length() % 3 != 2) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean hex = Ascii.isDigit(c) || (c >= 'A' && c <= 'F');
            if (i % 3 == 2 ? c != ':' : !hex) {
                return false;
            }
        }
        return true;
    }
}
