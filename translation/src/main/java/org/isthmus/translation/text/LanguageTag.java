package org.isthmus.translation.text;

import java.util.Optional;
import java.util.regex.Pattern;

/** Language tags between {@code xml:lang} and Content-Language (RFC 7572 §8, RFC 5646 §2.1). */
public final class LanguageTag {

    private static final Pattern TAG = Pattern.compile("[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,8}");

    private LanguageTag() {}

    /** The tag, when it has the form of one; another cannot be a header value. */
    public static Optional<String> of(String tag) {
        String trimmed = tag.strip();
        return TAG.matcher(trimmed).matches() ? Optional.of(trimmed) : Optional.empty();
    }

    /** The first tag of a Content-Language list (RFC 3261 §20.13): a stanza has one language. */
    public static Optional<String> first(String list) {
        int comma = list.indexOf(',');
        return of(comma < 0 ? list : list.substring(0, comma));
    }
}
