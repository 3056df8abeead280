package org.isthmus.component.xmpp.stanza;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageXml;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlTreeWriter;

/**
 * A stanza ready to be written: addressed, in the stream's namespace, legal XML, encoded. Links take nothing else, so that
 * nothing can be handed to one that its server would close it for. Immutable.
 */
public final class WireStanza {

    private final String fromDomain;
    private final byte[] octets;

    private WireStanza(String fromDomain, byte[] octets) {
        this.fromDomain = fromDomain;
        this.octets = octets;
    }

    /** A message. */
    public static WireStanza of(MessageStanza message) {
        return of(MessageXml.write(message, Stanzas.NAMESPACE));
    }

    /**
     * Any stanza in the stream's namespace. Characters that XML cannot carry are replaced.
     *
     * @throws IllegalArgumentException when it is no stanza, lacks {@code from} or {@code to} (XEP-0114 §3), or is an IQ
     *     without id or type (RFC 6120 §8.2.3)
     */
    public static WireStanza of(XmlElement stanza) {
        Envelope envelope = Envelope.of(stanza);
        require(stanza.namespace().equals(Stanzas.NAMESPACE) && envelope.isStanza(), "a stanza of a component stream");
        require(filled(envelope.to()), "an addressee");
        require(filled(envelope.from()), "a sender");
        boolean iq = envelope.name().equals("iq");
        require(!iq || (filled(envelope.id()) && filled(envelope.type())), "an id and a type, being an IQ");
        return new WireStanza(
                Envelope.domain(envelope.from().orElse("")),
                XmlTreeWriter.write(stanza, Stanzas.NAMESPACE).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean filled(Optional<String> attribute) {
        return attribute.filter(value -> !value.isEmpty()).isPresent();
    }

    private static void require(boolean fulfilled, String what) {
        if (!fulfilled) {
            throw new IllegalArgumentException("what is written must have or be " + what);
        }
    }

    /** The domain that sends it: only the link of this domain may carry it. */
    public String fromDomain() {
        return fromDomain;
    }

    /** Size on the wire, in octets. */
    public int length() {
        return octets.length;
    }

    /** The octets themselves, not a copy: not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Sender's domain and size, never the content. */
    @Override
    public String toString() {
        return "stanza from " + fromDomain + " (" + octets.length + " octets)";
    }
}
