package org.isthmus.mappings.spelling;

import java.util.Optional;

/**
 * JID escaping (XEP-0106 v1.1.1), exactly: ten code points, lower-case digits, one pass from left to right.
 *
 * <p>{@link #escape} and {@link #unescape} are inverse: {@code unescape(escape(x))} is {@code x} for every text. The other way
 * round holds for {@linkplain #isCanonical canonical} localparts only; {@code foo\5cbar} and {@code foo\bar} would both name
 * the user {@code foo\bar}, so the first is refused (XEP-0106 §7). Escaping prepares nothing: fold case before unescaping,
 * because {@code \2F} becomes an escape only then (§3.1).
 */
public final class LocalpartEscaping {

    /** The characters a localpart may not carry (RFC 7622 §3.3.1) and the space; the backslash has its own rule. */
    private static final String ESCAPED = " \"&'/:<>@";

    private static final String HEX = "0123456789abcdef";

    private LocalpartEscaping() {}

    /** Escapes a user name of another network; a backslash only where it would begin an escape (§4.1). */
    public static String escape(String user) {
        StringBuilder out = null;
        for (int i = 0; i < user.length(); i++) {
            char c = user.charAt(i);
            if (ESCAPED.indexOf(c) >= 0 || escapeAt(user, i) >= 0) {
                if (out == null) {
                    out = new StringBuilder(user.length() + 8).append(user, 0, i);
                }
                out.append('\\').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? user : out.toString();
    }

    /** Undoes the ten escapes, each once; every other backslash stays (§4.3). */
    public static String unescape(String localpart) {
        if (localpart.indexOf('\\') < 0) {
            return localpart;
        }
        StringBuilder out = new StringBuilder(localpart.length());
        for (int i = 0; i < localpart.length(); i++) {
            int escaped = escapeAt(localpart, i);
            if (escaped >= 0) {
                out.append((char) escaped);
                i += 2;
            } else {
                out.append(localpart.charAt(i));
            }
        }
        return out.toString();
    }

    /**
     * Whether escaping what the localpart stands for yields the localpart again, and no escaped space stands at an end (§3.2).
     * Only then may it be unescaped for another network.
     */
    public static boolean isCanonical(String localpart) {
        String user = unescape(localpart);
        return !hasSpaceAtEnd(user) && escape(user).equals(localpart);
    }

    /** Whether the name begins or ends with a space: it has no escaped form (§3.2). */
    public static boolean hasSpaceAtEnd(String user) {
        return user.startsWith(" ") || user.endsWith(" ");
    }

    /** Whether the text holds one of the eight characters that RFC 7622 §3.3.1 forbids in a localpart. */
    public static boolean hasForbiddenCharacter(String localpart) {
        for (int i = 0; i < localpart.length(); i++) {
            char c = localpart.charAt(i);
            if (c != ' ' && ESCAPED.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * The address in the customary form {@code user%host} of the time before JID escaping (§4.4). Only for what a person types
     * into a prompt: in a stanza's address the percent sign is an ordinary letter of another user's name.
     */
    public static Optional<String> legacyAddress(String typed) {
        int percent = typed.lastIndexOf('%');
        return percent <= 0 || percent == typed.length() - 1 || typed.indexOf('@') >= 0
                ? Optional.empty()
                : Optional.of(typed.substring(0, percent) + "@" + typed.substring(percent + 1));
    }

    /** The character that the escape at this place stands for, or -1 when none of the ten stands there. */
    private static int escapeAt(String text, int at) {
        if (text.charAt(at) != '\\' || at + 2 >= text.length()) {
            return -1;
        }
        int high = HEX.indexOf(text.charAt(at + 1));
        int low = HEX.indexOf(text.charAt(at + 2));
        int c = high < 0 || low < 0 ? -1 : (high << 4) | low;
        return c == '\\' || ESCAPED.indexOf(c) >= 0 ? c : -1;
    }
}
