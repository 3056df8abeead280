package org.isthmus.translation.text;

/** Character classes of the standards' grammars (RFC 5234 appendix B); none depends on a locale. */
public final class Ascii {

    private Ascii() {}

    /** {@code ALPHA / DIGIT}. */
    public static boolean isAlphanumeric(int c) {
        return isLetter(c) || isDigit(c);
    }

    /** {@code ALPHA}. */
    public static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** {@code DIGIT}. */
    public static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Whether the text is one or more digits. */
    public static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Ascii::isDigit);
    }
}
