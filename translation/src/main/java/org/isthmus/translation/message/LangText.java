package org.isthmus.translation.message;

import java.util.List;
import java.util.Locale;
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

    /**
     * The one text that goes where there is room for one: that in the stanza's language, else the first (RFC 6121 §5.2.3).
     *
     * @param texts in document order; those without a language of their own are in the stanza's
     * @param lang the stanza's language
     */
    static Optional<LangText> choose(List<LangText> texts, Optional<String> lang) {
        List<LangText> said =
                texts.stream().filter(text -> !text.text().isBlank()).toList();
        return said.stream()
                .filter(text -> text.lang().isEmpty() || sameTag(text.lang(), lang))
                .findFirst()
                .or(() -> said.stream().findFirst());
    }

    private static boolean sameTag(Optional<String> a, Optional<String> b) {
        return a.map(tag -> tag.toLowerCase(Locale.ROOT)).equals(b.map(tag -> tag.toLowerCase(Locale.ROOT)));
    }
}
