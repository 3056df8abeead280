package org.isthmus.translation.message;

import java.util.Objects;
import java.util.Optional;

/**
 * A text and the language it says it is in.
 *
 * @param lang a language tag (RFC 5646), or empty when the stanza's applies
 * @param text the text; legal XML characters only
 */
public record LangText(Optional<String> lang, String text) {

    public LangText {
        Objects.requireNonNull(lang, "lang");
        Objects.requireNonNull(text, "text");
    }

    /** A text without a language of its own. */
    public static LangText of(String text) {
        return new LangText(Optional.empty(), text);
    }
}
