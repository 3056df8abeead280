package org.isthmus.component.xmpp.xml;

/**
 * Text as XML 1.0 takes it (§2.2, §2.4). One illegal character closes the stream of all users on every server, so nothing
 * gets to the wire except through here.
 */
public final class XmlText {

    private static final char REPLACEMENT = '\uFFFD';

    private XmlText() {}

    /** The text with each character that XML cannot carry, lone surrogates included, replaced by U+FFFD. */
    public static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                StringBuilder cleaned = new StringBuilder(text.length());
                append(cleaned, text, false, false);
                return cleaned.toString();
            }
        }
        return text;
    }

    /** Appends character data. */
    static void content(StringBuilder out, String text) {
        append(out, text, true, false);
    }

    /** Appends an attribute value, to stand between apostrophes. */
    static void attribute(StringBuilder out, String text) {
        append(out, text, true, true);
    }

    private static void append(StringBuilder out, String text, boolean escape, boolean inAttribute) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                int character = text.codePointAt(i);
                i++;
                // U+nFFFE and U+nFFFF are XML characters in the upper planes, and stay.
                out.appendCodePoint(character);
            } else if (!legal(c)) {
                out.append(REPLACEMENT);
            } else if (escape) {
                escaped(out, c, inAttribute);
            } else {
                out.append(c);
            }
        }
    }

    private static void escaped(StringBuilder out, char c, boolean inAttribute) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '\'' -> out.append(inAttribute ? "&apos;" : "'");
            case '"' -> out.append(inAttribute ? "&quot;" : "\"");
            // Parsers turn a bare CR into LF, and white space in attributes into spaces.
            case '\r' -> out.append("&#xD;");
            case '\n' -> out.append(inAttribute ? "&#xA;" : "\n");
            case '\t' -> out.append(inAttribute ? "&#x9;" : "\t");
            default -> out.append(c);
        }
    }

    private static boolean plain(char c) {
        return legal(c) && !Character.isSurrogate(c);
    }

    private static boolean legal(char c) {
        return c >= ' ' ? !Character.isSurrogate(c) && c < '\uFFFE' : c == '\t' || c == '\n' || c == '\r';
    }
}
