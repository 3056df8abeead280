package org.isthmus.bytestream.iq;

import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.error.StanzaCondition;

/**
 * A stanza error with the application condition that stream initiation needs (RFC 6120 §8.3, §8.3.4).
 *
 * @param condition the defined condition
 * @param type what the sender may do about it
 * @param application the condition of an application, beside the defined one
 * @param text words for a person
 */
public record IqError(
        StanzaCondition condition,
        StanzaCondition.Type type,
        Optional<Application> application,
        Optional<String> text) {

    /** An application condition: an empty element of that name. */
    public record Application(String namespace, String name) {
        public Application {
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(name, "name");
        }
    }

    public IqError {
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(text, "text");
    }

    public static IqError of(StanzaCondition condition, StanzaCondition.Type type) {
        return new IqError(condition, type, Optional.empty(), Optional.empty());
    }

    public IqError with(String namespace, String name) {
        return new IqError(condition, type, Optional.of(new Application(namespace, name)), text);
    }

    public IqError withText(String words) {
        return new IqError(condition, type, application, Optional.of(words));
    }

    /** Condition and type, for a log or a failure's detail; the text is the peer's and stays out. */
    public String summary() {
        return condition.wire() + " (" + type.wire() + ")"
                + application.map(own -> " " + own.name()).orElse("");
    }
}
