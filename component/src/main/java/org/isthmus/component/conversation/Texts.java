package org.isthmus.component.conversation;

import java.text.MessageFormat;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/**
 * The words that people see, by language. A language without a catalogue gets English, never the language of the
 * machine that the gateway runs on. Immutable, any thread.
 */
public final class Texts {

    private static final String CATALOGUE = "org.isthmus.component.conversation.texts";

    private static final ResourceBundle.Control NO_MACHINE_LOCALE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Texts() {}

    /**
     * The words under a key.
     *
     * @param lang a language tag (RFC 5646), as {@code xml:lang} or Content-Language gave it
     * @param details what the placeholders stand for; empty details are dropped with the colon before them
     */
    public static String of(String key, Optional<String> lang, String... details) {
        String pattern = ResourceBundle.getBundle(CATALOGUE, locale(lang), NO_MACHINE_LOCALE)
                .getString(key);
        String words = new MessageFormat(pattern.replace("'", "''"), Locale.ROOT)
                .format(details.length == 0 ? new Object[] {"", ""} : details);
        String trimmed = words.strip();
        return trimmed.endsWith(":") ? trimmed.substring(0, trimmed.length() - 1) + "." : trimmed;
    }

    private static Locale locale(Optional<String> lang) {
        if (lang.isEmpty()) {
            return Locale.ROOT;
        }
        try {
            return new Locale.Builder().setLanguageTag(lang.get()).build();
        } catch (IllformedLocaleException notATag) {
            return Locale.ROOT;
        }
    }
}
