package org.isthmus.mappings.spelling;

/** Character classes of the standards' grammars, which know nothing beyond ASCII. */
final class Ascii {

    private Ascii() {}

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLowerOrDigit(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z');
    }

    static boolean isLetterOrDigit(int c) {
        return isLowerOrDigit(c) || (c >= 'A' && c <= 'Z');
    }

    /** Value of a hexadecimal digit, or -1; not {@code Character.digit} alone, which takes the digits of every script. */
    static int hex(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /** Value of the escape in the two characters from here on, or -1. */
    static int hexOctet(String text, int at) {
        if (at + 1 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(at));
        int low = hex(text.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : (high << 4) | low;
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
