package org.isthmus.component.xmpp.stanza;

import java.util.Locale;
import java.util.Optional;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.xml.XmlElement;

/**
 * Name and attributes of a stanza as they came, before anybody asked whether they are right: what an answer needs when the
 * stanza itself cannot be understood.
 *
 * @param name message, presence or iq, or what else a server may send
 * @param from the {@code from} attribute
 * @param to the {@code to} attribute
 * @param id the {@code id} attribute
 * @param type the {@code type} attribute
 */
public record Envelope(
        String name, Optional<String> from, Optional<String> to, Optional<String> id, Optional<String> type) {

    /** Reads the attributes of any element. */
    public static Envelope of(XmlElement stanza) {
        return new Envelope(
                stanza.local(),
                stanza.attribute("from"),
                stanza.attribute("to"),
                stanza.attribute("id"),
                stanza.attribute("type"));
    }

    /** Whether this is a stanza at all (RFC 6120 §8). */
    public boolean isStanza() {
        return name.equals("message") || name.equals("presence") || name.equals("iq");
    }

    /** Whether the type attribute has this value. */
    public boolean hasType(String value) {
        return type.filter(value::equals).isPresent();
    }

    /**
     * Whether an error may answer it: never an error, never the result of an IQ (RFC 6120 §8.3.1), nothing without an
     * address to answer to, and no IQ without an id, which could not be matched.
     */
    public boolean mayBeAnswered() {
        if (!isStanza() || from.filter(address -> !address.isEmpty()).isEmpty() || to.isEmpty() || hasType("error")) {
            return false;
        }
        return !name.equals("iq") || (id.isPresent() && !hasType("result"));
    }

    /**
     * The error that answers it: addresses swapped as they came, id kept, content not echoed (RFC 6120 §8.3.1).
     *
     * @throws IllegalStateException when it may not be answered
     */
    public WireStanza toError(StanzaError error) {
        if (!mayBeAnswered()) {
            throw new IllegalStateException("this " + name + " may not be answered");
        }
        return WireStanza.of(answer("error")
                .child(StanzaErrorXml.write(error, Stanzas.NAMESPACE))
                .build());
    }

    /** The beginning of an answer of this type: addresses swapped, id kept. */
    XmlElement.Builder answer(String answerType) {
        XmlElement.Builder answer = XmlElement.builder(Stanzas.NAMESPACE, name).attribute("type", answerType);
        to.ifPresent(address -> answer.attribute("from", address));
        from.ifPresent(address -> answer.attribute("to", address));
        id.ifPresent(value -> answer.attribute("id", value));
        return answer;
    }

    /** The domainpart of an address that nobody has checked, in lower case. */
    public static String domain(String address) {
        int slash = address.indexOf('/');
        String bare = slash < 0 ? address : address.substring(0, slash);
        return bare.substring(bare.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
