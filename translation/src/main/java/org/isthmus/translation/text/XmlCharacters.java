package org.isthmus.translation.text;

/**
 * Characters that XML 1.0 can carry (§2.2). One that it cannot closes the whole link to an XMPP server, whoever wrote it,
 * so every text from SIP passes here before it becomes XML.
 */
public final class XmlCharacters {

    /** Stands where a character was that cannot be carried, so that the reader sees that something is missing. */
    static final char REPLACEMENT = '\uFFFD';

    private XmlCharacters() {}

    /** The text with every character that XML 1.0 cannot carry replaced by U+FFFD, unpaired surrogates included. */
    public static String clean(String text) {
        int first = firstIllegal(text);
        if (first < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); ) {
            int c = text.codePointAt(i);
            out.appendCodePoint(isLegal(c) ? c : REPLACEMENT);
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /**
     * A received text as a stanza carries it: {@link #clean}, and every line break a line feed, because XML parsers turn
     * the others into one anyway (XML 1.0 §2.11).
     */
    public static String cleanLines(String text) {
        String lines =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        return clean(lines);
    }

    /** XML 1.0 §2.2 {@code Char}; an unpaired surrogate is not one. */
    public static boolean isLegal(int codePoint) {
        return (codePoint >= 0x20 && codePoint <= 0xD7FF)
                || codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || (codePoint >= 0xE000 && codePoint <= 0xFFFD)
                || codePoint >= 0x10000;
    }

    private static int firstIllegal(String text) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!isLegal(c)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return -1;
    }
}
