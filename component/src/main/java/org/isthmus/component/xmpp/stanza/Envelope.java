package org.isthmus.component.xmpp.stanza;

import java.util.Locale;
import org.dom4j.Element;
import org.isthmus.component.xmpp.xml.XmlWriter;
import org.isthmus.translation.error.StanzaError;
import org.jspecify.annotations.Nullable;

/**
 * Name and attributes of a stanza as they came, before anybody asked whether they are right: what an answer needs when the
 * stanza itself cannot be understood.
 *
 * @param name message, presence or iq
 * @param from the {@code from} attribute
 * @param to the {@code to} attribute
 * @param id the {@code id} attribute
 * @param type the {@code type} attribute
 * @param lang the {@code xml:lang} attribute
 */
public record Envelope(
        String name,
        @Nullable String from,
        @Nullable String to,
        @Nullable String id,
        @Nullable String type,
        @Nullable String lang) {

    /** Reads the attributes of any element. */
    public static Envelope of(Element stanza) {
        return new Envelope(
                stanza.getName(),
                stanza.attributeValue("from"),
                stanza.attributeValue("to"),
                stanza.attributeValue("id"),
                stanza.attributeValue("type"),
                stanza.attributeValue(Names.LANG));
    }

    /** Whether this is a stanza at all (RFC 6120 §8). */
    public boolean isStanza() {
        return name.equals("message") || name.equals("presence") || name.equals("iq");
    }

    /**
     * Whether an error may answer it: never an error, never the result of an IQ (RFC 6120 §8.3.1), nothing without an
     * address to answer to, and no IQ without an id, which could not be matched.
     */
    public boolean mayBeAnswered() {
        if (!isStanza() || from == null || from.isEmpty() || to == null || "error".equals(type)) {
            return false;
        }
        return !name.equals("iq") || (id != null && !"result".equals(type));
    }

    /**
     * The error that answers it: addresses swapped as they came, id kept, content not echoed (RFC 6120 §8.3.1).
     *
     * @throws IllegalStateException when it may not be answered
     */
    public WireStanza toError(StanzaError error) {
        if (from == null || to == null || !mayBeAnswered()) {
            throw new IllegalStateException("this " + name + " may not be answered");
        }
        XmlWriter xml = new XmlWriter()
                .start(name)
                .attribute("type", "error")
                .attribute("from", to)
                .attribute("to", from)
                .attribute("id", id);
        ErrorWriter.write(xml, error);
        return new WireStanza(domain(to), xml.end().toBytes());
    }

    /** The domainpart of an address that nobody has checked. */
    static String domain(String address) {
        int slash = address.indexOf('/');
        String bare = slash < 0 ? address : address.substring(0, slash);
        return bare.substring(bare.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
