package org.isthmus.translation.error;

import java.util.Objects;
import java.util.Optional;

/**
 * A stanza error (RFC 6120 §8.3).
 *
 * @param condition the defined condition
 * @param type what the sender may do about it
 * @param text words for a person
 * @param address the alternate address of {@code gone} and {@code redirect}
 */
public record StanzaError(
        StanzaCondition condition, StanzaCondition.Type type, Optional<String> text, Optional<String> address) {

    public StanzaError {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(address, "address");
    }

    /** The condition with its default type and no words: it says everything. */
    public static StanzaError of(StanzaCondition condition) {
        return new StanzaError(condition, condition.defaultType(), Optional.empty(), Optional.empty());
    }

    /** The condition with its default type and words for a person. */
    public static StanzaError of(StanzaCondition condition, String text) {
        return new StanzaError(condition, condition.defaultType(), Optional.of(text), Optional.empty());
    }
}
