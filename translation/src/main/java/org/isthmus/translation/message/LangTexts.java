package org.isthmus.translation.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Choosing one of several texts where the other network has room for one. */
final class LangTexts {

    private LangTexts() {}

    /**
     * The text in the stanza's language, else the first (RFC 6121 §5.2.3).
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
