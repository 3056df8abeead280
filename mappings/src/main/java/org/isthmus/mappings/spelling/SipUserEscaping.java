package org.isthmus.mappings.spelling;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Percent escapes of SIP, IM and PRES URIs (RFC 3261 §25.1, RFC 3986 §2.1, RFC 7247 table 1).
 *
 * <p>Decoding happens once and yields UTF-8 text or fails; there are no replacement characters, because two users could meet
 * in one. Encoding writes upper-case digits and escapes every octet that the part's own set does not allow.
 */
public enum SipUserEscaping {
    /** The user part of sip and sips: {@code mark} and {@code user-unreserved} stay. */
    SIP_USER("-_.!~*'()&=+$,;?/", "-_.!~*'()&=+$,;?/", false),
    /**
     * The value of a URI parameter: {@code mark} and {@code param-unreserved} stay.
     *
     * <p>COMPAT(RFC 7247 §6.5 step 8 read literally): a resource whose punctuation was not escaped is read.
     */
    PARAMETER("-_.!~*'()[]/:&+$", "-_.!~*'()[]/:&+$,=@#{}|^`\\", false),
    /**
     * The local part of im and pres. RFC 7247 table 1 also allows {@code # % ? ^ ` { | }} raw, which a URI cannot carry (RFC
     * 3986 §2): never written here, read as what they are.
     */
    IM_USER("-_.!~*'&=+$/", "-_.!~*'&=+$/#?^`{|}", true);

    private static final String HEX = "0123456789ABCDEF";

    private final String written;

    private final String read;

    private final boolean loosePercent;

    SipUserEscaping(String written, String read, boolean loosePercent) {
        this.written = written;
        this.read = read;
        this.loosePercent = loosePercent;
    }

    /** The spelling for the wire. */
    public String encode(String text) {
        if (isAllWritten(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (c < 0x80 && isWritten((char) c)) {
                out.append((char) c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    /**
     * Reads the part as on the wire.
     *
     * <p>COMPAT(typed addresses, any): letters beyond ASCII are taken as they are, although a URI should have escaped them.
     *
     * @throws MalformedSpelling for a character that has no place in this part, a broken escape, or octets that are not UTF-8
     */
    public String decode(String raw) {
        if (isAllWritten(raw)) {
            return raw;
        }
        byte[] octets = new byte[raw.length() * 3];
        int n = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int octet = Ascii.hexOctet(raw, i + 1);
                if (octet >= 0) {
                    octets[n++] = (byte) octet;
                    i += 2;
                    continue;
                }
                if (!loosePercent) {
                    throw new MalformedSpelling(i, "expected two hexadecimal digits after %");
                }
                // COMPAT(RFC 7247 §6.5 read literally): im and pres carry a raw percent sign
                octets[n++] = '%';
            } else if (c < 0x80) {
                if (!Ascii.isLetterOrDigit(c) && read.indexOf(c) < 0) {
                    throw new MalformedSpelling(i, "a character that must be escaped here");
                }
                octets[n++] = (byte) c;
            } else {
                int codePoint = raw.codePointAt(i);
                if (codePoint < 0xa0 || Character.getType(codePoint) == Character.SURROGATE) {
                    throw new MalformedSpelling(i, "a control character or half a surrogate pair");
                }
                byte[] utf8 = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(utf8, 0, octets, n, utf8.length);
                n += utf8.length;
                i += Character.charCount(codePoint) - 1;
            }
        }
        return utf8(octets, n);
    }

    private static String utf8(byte[] octets, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets, 0, length))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedSpelling(0, "expected percent escapes that are UTF-8");
        }
    }

    private boolean isAllWritten(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isWritten(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isWritten(char c) {
        return Ascii.isLetterOrDigit(c) || written.indexOf(c) >= 0;
    }
}
