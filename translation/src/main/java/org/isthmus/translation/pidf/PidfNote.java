package org.isthmus.translation.pidf;

import java.util.Objects;
import java.util.Optional;

/**
 * A person's words in a document.
 *
 * @param lang the note's own language
 * @param text the words
 */
public record PidfNote(Optional<String> lang, String text) {

    public PidfNote {
        Objects.requireNonNull(lang, "lang");
        Objects.requireNonNull(text, "text");
    }

    /** Language only; the words are a person's and may not reach a log. */
    @Override
    public String toString() {
        return "note" + lang.map(tag -> " in " + tag).orElse("");
    }
}
