package org.isthmus.translation.cpim;

/** The escape mechanism of header values (RFC 3862 §2.3). */
final class CpimEscapes {

    private CpimEscapes() {}

    /** Undoes escapes; an unknown one is the character itself, a single backslash at the end is ignored. */
    static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder out = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                out.append(c);
            } else if (i + 1 < raw.length()) {
                i++;
                switch (raw.charAt(i)) {
                    case 'b' -> out.append('\b');
                    case 't' -> out.append('\t');
                    case 'n' -> out.append('\n');
                    case 'r' -> out.append('\r');
                    case 'u' -> {
                        int unit = codeUnit(raw, i + 1);
                        out.append(unit < 0 ? 'u' : (char) unit);
                        i += unit < 0 ? 0 : 4;
                    }
                    default -> out.append(raw.charAt(i));
                }
            }
        }
        return out.toString();
    }

    /** Escapes what a value may not hold as it is: backslashes and controls. */
    static String escape(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20 || c == 0x7F) {
                        out.append(String.format("\\u%04X", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static int codeUnit(String raw, int start) {
        if (start + 4 > raw.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = raw.charAt(i) < 0x80 ? Character.digit(raw.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = (unit << 4) | digit;
        }
        return unit;
    }
}
