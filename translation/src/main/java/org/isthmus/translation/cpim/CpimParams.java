package org.isthmus.translation.cpim;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The parameters between the colon of a header and its value (RFC 3862 §3.6): {@code ;name=value} or
 * {@code ;name="quoted value"}.
 *
 * @param values names as written, values with escapes undone
 * @param end where the value begins
 */
record CpimParams(Map<String, String> values, int end) {

    /** Reads parameters from a position; what is not one belongs to the value. */
    static CpimParams parse(String line, int start) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = start;
        while (at < line.length() && line.charAt(at) == ';') {
            int equals = line.indexOf('=', at);
            int space = line.indexOf(' ', at);
            if (equals < 0 || (space >= 0 && space < equals)) {
                break;
            }
            int end = valueEnd(line, equals + 1);
            String value = line.substring(equals + 1, end);
            if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
                value = CpimEscapes.unescape(value.substring(1, value.length() - 1));
            }
            values.putIfAbsent(line.substring(at + 1, equals).strip(), value);
            at = end;
        }
        return new CpimParams(values, at);
    }

    private static int valueEnd(String line, int start) {
        boolean quoted = start < line.length() && line.charAt(start) == '"';
        for (int i = start + (quoted ? 1 : 0); i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (quoted && c == '"') {
                return i + 1;
            } else if (!quoted && (c == ';' || c == ' ')) {
                return i;
            }
        }
        return line.length();
    }
}
