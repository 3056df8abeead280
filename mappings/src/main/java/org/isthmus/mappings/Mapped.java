package org.isthmus.mappings;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * An address carried to the other network, or the reason why it cannot be.
 *
 * @param <T> what mapping yields
 */
public sealed interface Mapped<T> {

    /** The counterpart. */
    record Ok<T>(T value) implements Mapped<T> {}

    /**
     * No counterpart.
     *
     * @param reason which rule
     * @param detail the address and the rule in words, safe to show to its sender
     */
    record Refused<T>(AddressRefusal reason, String detail) implements Mapped<T> {}

    static <T> Mapped<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> Mapped<T> refused(AddressRefusal reason, String detail) {
        return new Refused<>(reason, detail);
    }

    /** Both outcomes, each to its own function. */
    default <R> R fold(Function<? super T, ? extends R> ok, BiFunction<AddressRefusal, String, ? extends R> refused) {
        if (this instanceof Ok<T> mapped) {
            return ok.apply(mapped.value());
        }
        Refused<T> no = (Refused<T>) this;
        return refused.apply(no.reason(), no.detail());
    }

    /** The counterpart changed by the function; a refusal stays. */
    default <R> Mapped<R> map(Function<? super T, ? extends R> change) {
        return flatMap(value -> ok(change.apply(value)));
    }

    /** What the function makes of the counterpart; a refusal stays. */
    default <R> Mapped<R> flatMap(Function<? super T, Mapped<R>> next) {
        if (this instanceof Ok<T> mapped) {
            return next.apply(mapped.value());
        }
        Refused<T> no = (Refused<T>) this;
        return refused(no.reason(), no.detail());
    }
}
