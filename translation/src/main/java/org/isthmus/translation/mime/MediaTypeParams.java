package org.isthmus.translation.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code ;name=value;name="quoted value"}; what is not of that form is skipped, the first of two equal names wins. */
final class MediaTypeParams {

    private final String text;
    private int at;

    private MediaTypeParams(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** Reads from the first semicolon to the end of the text. */
    static Map<String, String> parse(String text, int firstSemicolon) {
        MediaTypeParams reader = new MediaTypeParams(text, firstSemicolon);
        Map<String, String> params = new LinkedHashMap<>();
        while (reader.at < text.length()) {
            reader.at++; // the semicolon
            reader.readParam(params);
        }
        return params;
    }

    private void readParam(Map<String, String> params) {
        int nameStart = at;
        while (at < text.length() && text.charAt(at) != '=' && text.charAt(at) != ';') {
            at++;
        }
        String name = text.substring(nameStart, at).strip().toLowerCase(Locale.ROOT);
        if (at == text.length() || text.charAt(at) == ';') {
            return;
        }
        at++; // the equals sign
        String value = readValue();
        if (MediaType.isToken(name)) {
            params.putIfAbsent(name, value);
        }
    }

    private String readValue() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length() || text.charAt(at) != '"') {
            int start = at;
            skipToSemicolon();
            return text.substring(start, at).strip();
        }
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        skipToSemicolon();
        return value.toString();
    }

    private void skipToSemicolon() {
        while (at < text.length() && text.charAt(at) != ';') {
            at++;
        }
    }
}
