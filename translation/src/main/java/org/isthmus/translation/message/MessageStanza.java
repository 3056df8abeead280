package org.isthmus.translation.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * An XMPP {@code <message/>} (RFC 6121 §5) as a value: what the edge read, or what it shall write.
 *
 * @param from the sender
 * @param to the addressee
 * @param id the stanza id, echoed in an error
 * @param type normal when absent
 * @param lang the stanza's {@code xml:lang}
 * @param subjects in document order, at most one a language
 * @param bodies in document order, at most one a language
 * @param thread the conversation the message belongs to
 * @param parentThread the {@code parent} of the thread (XEP-0201)
 * @param error present exactly when the type is error
 * @param payloads every other child element, in document order; the edge carries them through and reads none
 */
public record MessageStanza(
        JID from,
        JID to,
        Optional<String> id,
        Type type,
        Optional<String> lang,
        List<LangText> subjects,
        List<LangText> bodies,
        Optional<String> thread,
        Optional<String> parentThread,
        Optional<StanzaError> error,
        List<XmlElement> payloads) {

    /** RFC 6121 §5.2.2. */
    public enum Type {
        NORMAL,
        CHAT,
        GROUPCHAT,
        HEADLINE,
        ERROR;

        /** The value of the {@code type} attribute. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public MessageStanza {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        subjects = List.copyOf(subjects);
        bodies = List.copyOf(bodies);
        payloads = List.copyOf(payloads);
    }

    /** The first payload with that name. */
    public Optional<XmlElement> payload(String namespace, String local) {
        return payloads.stream().filter(child -> child.is(namespace, local)).findFirst();
    }

    /** Whether there is a payload with that name. */
    public boolean has(String namespace, String local) {
        return payload(namespace, local).isPresent();
    }

    public static Builder builder(JID from, JID to) {
        return new Builder(from, to);
    }

    /** This stanza as the error that answers it: addresses swapped, id kept (RFC 6120 §8.3.1). */
    public MessageStanza toError(StanzaError reason) {
        Builder answer = builder(to, from).type(Type.ERROR).error(reason);
        id.ifPresent(answer::id);
        return answer.build();
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder {
        private final JID from;
        private final JID to;
        private Optional<String> id = Optional.empty();
        private Type type = Type.NORMAL;
        private Optional<String> lang = Optional.empty();
        private final List<LangText> subjects = new ArrayList<>();
        private final List<LangText> bodies = new ArrayList<>();
        private Optional<String> thread = Optional.empty();
        private Optional<String> parentThread = Optional.empty();
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

        public Builder subject(LangText value) {
            subjects.add(value);
            return this;
        }

        public Builder body(LangText value) {
            bodies.add(value);
            return this;
        }

        public Builder thread(String value) {
            thread = Optional.of(value);
            return this;
        }

        public Builder parentThread(String value) {
            parentThread = Optional.of(value);
            return this;
        }

        /** Any other child element. */
        public Builder payload(XmlElement value) {
            payloads.add(value);
            return this;
        }

        public Builder error(StanzaError value) {
            error = Optional.of(value);
            return this;
        }

        public MessageStanza build() {
            return new MessageStanza(from, to, id, type, lang, subjects, bodies, thread, parentThread, error, payloads);
        }
    }
}
