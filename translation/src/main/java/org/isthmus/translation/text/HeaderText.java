package org.isthmus.translation.text;

/**
 * Free text in a SIP header or a reason phrase: {@code TEXT-UTF8-TRIM} (RFC 3261 §25.1), raw UTF-8, one line. Line breaks
 * and other controls become spaces, so that no text of a person can begin a header of its own.
 */
public final class HeaderText {

    private HeaderText() {}

    /** The text on one line, runs of spaces and controls as one space, no space at the ends. */
    public static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == ' ' || breaksLine(c)) {
                gap = !out.isEmpty();
                continue;
            }
            if (gap) {
                out.append(' ');
                gap = false;
            }
            out.appendCodePoint(XmlCharacters.isLegal(c) ? c : XmlCharacters.REPLACEMENT);
        }
        return out.toString();
    }

    /** {@link #clean}, cut before the first character that would exceed the number of UTF-8 octets. */
    public static String clean(String text, int maxOctets) {
        String line = clean(text);
        int octets = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            octets += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (octets > maxOctets) {
                return line.substring(0, i).stripTrailing();
            }
            i += Character.charCount(c);
        }
        return line;
    }

    /** C0 and C1 controls, DEL, and the line and paragraph separators that some agents break at. */
    private static boolean breaksLine(int c) {
        return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
    }
}
