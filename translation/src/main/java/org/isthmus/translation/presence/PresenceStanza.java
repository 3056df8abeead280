package org.isthmus.translation.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * An XMPP {@code <presence/>} (RFC 6121 §4) as a value: what the edge read, or what it shall write.
 *
 * @param from the sender
 * @param to the addressee
 * @param id the stanza id
 * @param type available when absent
 * @param lang the stanza's {@code xml:lang}
 * @param show the availability, of an available resource
 * @param statuses words, at most one a language
 * @param priority -128 to 127
 * @param error present exactly when the type is error
 * @param payloads every other child element, in document order; the edge carries them through and reads none
 */
public record PresenceStanza(
        JID from,
        JID to,
        Optional<String> id,
        Type type,
        Optional<String> lang,
        Optional<Show> show,
        List<LangText> statuses,
        OptionalInt priority,
        Optional<StanzaError> error,
        List<XmlElement> payloads) {

    /** RFC 6121 §4.7.1. */
    public enum Type {
        AVAILABLE,
        UNAVAILABLE,
        SUBSCRIBE,
        SUBSCRIBED,
        UNSUBSCRIBE,
        UNSUBSCRIBED,
        PROBE,
        ERROR;

        /** The value of the {@code type} attribute; available has none. */
        public Optional<String> wire() {
            return this == AVAILABLE ? Optional.empty() : Optional.of(name().toLowerCase(Locale.ROOT));
        }

        /** The type of an attribute's value; empty for one that is not defined. */
        public static Optional<Type> of(Optional<String> wire) {
            for (Type type : values()) {
                if (type.wire().equals(wire)) {
                    return Optional.of(type);
                }
            }
            return Optional.empty();
        }
    }

    public PresenceStanza {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(type, "type");
        statuses = List.copyOf(statuses);
        payloads = List.copyOf(payloads);
        if (priority.isPresent() && (priority.getAsInt() < -128 || priority.getAsInt() > 127)) {
            throw new IllegalArgumentException("priority: " + priority.getAsInt() + " (expected: -128 to 127)");
        }
    }

    public static Builder builder(JID from, JID to) {
        return new Builder(from, to);
    }

    /** Whether it tells of availability, which alone is a notification (RFC 8048 §6.2 note 1). */
    public boolean isNotification() {
        return type == Type.AVAILABLE || type == Type.UNAVAILABLE;
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder {
        private final JID from;
        private final JID to;
        private Optional<String> id = Optional.empty();
        private Type type = Type.AVAILABLE;
        private Optional<String> lang = Optional.empty();
        private Optional<Show> show = Optional.empty();
        private final List<LangText> statuses = new ArrayList<>();
        private OptionalInt priority = OptionalInt.empty();
        private Optional<StanzaError> error = Optional.empty();
        private final List<XmlElement> payloads = new ArrayList<>();

        private Builder(JID from, JID to) {
            this.from = from;
            this.to = to;
        }

        public Builder id(String value) {
            id = Optional.of(value);
            return this;
        }

        public Builder type(Type value) {
            type = value;
            return this;
        }

        public Builder lang(String value) {
            lang = Optional.of(value);
            return this;
        }

        public Builder show(Show value) {
            show = Optional.of(value);
            return this;
        }

        public Builder status(LangText value) {
            statuses.add(value);
            return this;
        }

        public Builder priority(int value) {
            priority = OptionalInt.of(value);
            return this;
        }

        public Builder error(StanzaError value) {
            error = Optional.of(value);
            return this;
        }

        /** Any other child element. */
        public Builder payload(XmlElement value) {
            payloads.add(value);
            return this;
        }

        public PresenceStanza build() {
            return new PresenceStanza(from, to, id, type, lang, show, statuses, priority, error, payloads);
        }
    }
}
