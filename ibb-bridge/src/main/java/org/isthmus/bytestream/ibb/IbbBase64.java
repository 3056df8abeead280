package org.isthmus.bytestream.ibb;

import java.util.Base64;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.jspecify.annotations.Nullable;

/** The content of a block (RFC 4648 §4; XEP-0047 §2.2, §6). */
final class IbbBase64 {

    private static final int CHARACTERS = 4;

    private IbbBase64() {}

    static String encode(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    /**
     * Decodes strictly: no other alphabet, padding where it belongs and nowhere else. White space is tolerated, because the
     * XEP's own examples wrap lines; it is looked for only when the text is no base64 as it stands, since a lenient decoder
     * costs fifty times as much.
     *
     * @throws MalformedRequestException when it is no base64
     */
    static byte[] decode(String text) throws MalformedRequestException {
        byte[] octets = strict(text);
        if (octets == null) {
            octets = strict(withoutWhiteSpace(text));
        }
        if (octets == null) {
            throw new MalformedRequestException("data", "base64 with padding", IbbErrors.BAD_DATA);
        }
        return octets;
    }

    private static byte @Nullable [] strict(String text) {
        if (text.length() % CHARACTERS != 0) { // the JDK would accept missing padding
            return null;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    /** XML white space only (XML 1.0 §2.3). */
    private static String withoutWhiteSpace(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
