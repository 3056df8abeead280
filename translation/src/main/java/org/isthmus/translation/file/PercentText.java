package org.isthmus.translation.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The texts in double quotes of RFC 5547 §6: UTF-8, with what they cannot hold as {@code %XX}. */
final class PercentText {

    private PercentText() {}

    /** What no name may hold as it is: the grammar's exceptions, controls, and what separates directories. */
    private static boolean isPlain(int octet) {
        return octet >= 0x20 && octet != '"' && octet != '%' && octet != '/' && octet != '\\' && octet != 0x7F;
    }

    static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 0xD800 && c <= 0xDFFF) {
                out.append('\uFFFD');
            } else if (c >= 0x80 || isPlain(c)) {
                out.appendCodePoint(c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return out.toString();
    }

    /**
     * Undoes the escapes.
     *
     * @param offset of the text in the attribute's value
     * @throws FileSyntaxException at a percent sign without two digits
     */
    static String decode(String text, int offset) throws FileSyntaxException {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c != '%') {
                octets.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(c);
                continue;
            }
            boolean escape = i + 2 < text.length()
                    && HexFormat.isHexDigit(text.charAt(i + 1))
                    && HexFormat.isHexDigit(text.charAt(i + 2));
            if (!escape) {
                throw new FileSyntaxException(offset + i, "expected two hexadecimal digits after %");
            }
            octets.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
            i += 3;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets.toByteArray()))
                    .toString();
        } catch (CharacterCodingException otherCharset) {
            // COMPAT(agents that escape names of another charset, any): a readable guess is better than no file.
            return octets.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
