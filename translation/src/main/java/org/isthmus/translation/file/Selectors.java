package org.isthmus.translation.file;

import java.util.Locale;

/** Steps through {@code name:value name:"quoted value" …}, the form of {@code file-selector} and {@code file-date}. */
final class Selectors {

    private final String text;
    private int at;

    Selectors(String text) {
        this.text = text;
    }

    /** Moves over spaces; false at the end. */
    boolean hasNext() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length();
    }

    /** The offset in the value. */
    int offset() {
        return at;
    }

    /** The name before the next colon, lower case; the colon is passed. */
    String name() throws FileSyntaxException {
        int colon = text.indexOf(':', at);
        if (colon <= at || text.substring(at, colon).indexOf(' ') >= 0) {
            throw new FileSyntaxException(at, "expected a name and a colon");
        }
        String name = text.substring(at, colon).toLowerCase(Locale.ROOT);
        at = colon + 1;
        return name;
    }

    /** A text in double quotes, as written between them. */
    String quoted() throws FileSyntaxException {
        int end = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
        if (end < 0) {
            throw new FileSyntaxException(at, "expected a text in double quotes");
        }
        String inside = text.substring(at + 1, end);
        at = end + 1;
        if (at < text.length() && text.charAt(at) != ' ') {
            throw new FileSyntaxException(at, "expected a space or the end");
        }
        return inside;
    }

    /** Everything to the next space outside double quotes. */
    String unquoted() throws FileSyntaxException {
        int start = at;
        boolean inQuotes = false;
        while (at < text.length() && (inQuotes || text.charAt(at) != ' ')) {
            inQuotes ^= text.charAt(at) == '"';
            at++;
        }
        if (inQuotes) {
            throw new FileSyntaxException(start, "expected the end of the quotes");
        }
        return text.substring(start, at);
    }
}
