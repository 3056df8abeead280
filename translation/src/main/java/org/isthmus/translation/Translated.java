package org.isthmus.translation;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a translator makes of its input: the other network's form of it, or the reason why there is none.
 *
 * @param <T> what translation yields
 */
public sealed interface Translated<T> {

    /** The translation. */
    record Ok<T>(T value) implements Translated<T> {}

    /**
     * No translation.
     *
     * @param reason which rule
     * @param detail the rule in words, safe to show to the sender; never a message body
     */
    record Refused<T>(TranslationRefusal reason, String detail) implements Translated<T> {}

    static <T> Translated<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Translated<T> refused(TranslationRefusal reason, String detail) {
        return new Refused<>(reason, detail);
    }

    /** Both outcomes, each to its own function. */
    default <R> R fold(
            Function<? super T, ? extends R> ok, BiFunction<TranslationRefusal, String, ? extends R> refused) {
        if (this instanceof Ok<T> translated) {
            return ok.apply(translated.value());
        }
        Refused<T> no = (Refused<T>) this;
        return refused.apply(no.reason(), no.detail());
    }
}
