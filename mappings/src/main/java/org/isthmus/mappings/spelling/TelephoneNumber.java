package org.isthmus.mappings.spelling;

import java.util.Optional;

/** Telephone numbers in SIP user parts (RFC 3261 §19.1.6, RFC 3966 §5.1.1): one number, one spelling. */
public final class TelephoneNumber {

    private static final String VISUAL_SEPARATORS = "-.()";

    private TelephoneNumber() {}

    /**
     * The number without visual separators and without its {@code phone-context}.
     *
     * @param user a decoded user part
     * @param userIsPhone whether the URI says {@code user=phone}; without it only a global number (leading {@code +}) is one
     * @return empty when the user is not a telephone number; it is then a name, in which a hyphen counts
     */
    public static Optional<String> canonical(String user, boolean userIsPhone) {
        boolean global = user.startsWith("+");
        if (!global && !userIsPhone) {
            return Optional.empty();
        }
        int params = user.indexOf(';');
        String number = params < 0 ? user : user.substring(0, params);
        StringBuilder digits = new StringBuilder(global ? "+" : "");
        for (int i = global ? 1 : 0; i < number.length(); i++) {
            char c = number.charAt(i);
            // a local number may hold the letters of a key pad: hexadecimal, star and hash
            boolean keyPad = c == '*' || c == '#' || (c >= 'A' && c <= 'F');
            boolean digit = Ascii.isDigit(c) || (!global && keyPad);
            if (digit) {
                digits.append(c);
            } else if (VISUAL_SEPARATORS.indexOf(c) < 0) {
                return Optional.empty();
            }
        }
        if (digits.length() == (global ? 1 : 0)) {
            return Optional.empty();
        }
        if (params >= 0) {
            for (String param : user.substring(params + 1).split(";", -1)) {
                if (!param.regionMatches(true, 0, "phone-context=", 0, "phone-context=".length())) {
                    // an extension or a sub-address is another telephone
                    digits.append(';').append(param);
                }
            }
        }
        return Optional.of(digits.toString());
    }
}
