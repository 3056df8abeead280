package org.isthmus.component.xmpp.stanza;

import org.dom4j.Element;
import org.isthmus.component.xmpp.xml.XmlWriter;

/**
 * A stanza ready to be written: addressed, legal XML, encoded. Only the writers of this package make one, so that nothing
 * a server would close the link for can be handed to a link.
 */
public final class WireStanza {

    private final String fromDomain;
    private final byte[] octets;

    WireStanza(String fromDomain, byte[] octets) {
        this.fromDomain = fromDomain;
        this.octets = octets;
    }

    /**
     * An IQ made elsewhere, for example by a byte stream.
     *
     * @throws IllegalArgumentException when it is no IQ or lacks {@code from}, {@code to}, {@code id} or a type
     */
    public static WireStanza iq(Element iq) {
        Envelope envelope = Envelope.of(iq);
        if (!envelope.name().equals("iq") || envelope.id() == null || envelope.type() == null) {
            throw new IllegalArgumentException("an IQ needs a type and an id (RFC 6120 §8.2.3)");
        }
        return stanza(iq, envelope);
    }

    /**
     * A presence made elsewhere.
     *
     * @throws IllegalArgumentException when it is no presence or lacks {@code from} or {@code to}
     */
    public static WireStanza presence(Element presence) {
        Envelope envelope = Envelope.of(presence);
        if (!envelope.name().equals("presence")) {
            throw new IllegalArgumentException("not a presence");
        }
        return stanza(presence, envelope);
    }

    private static WireStanza stanza(Element element, Envelope envelope) {
        String from = envelope.from();
        String to = envelope.to();
        if (from == null || to == null || to.isEmpty()) {
            throw new IllegalArgumentException("a stanza of a component needs from and to (XEP-0114 §3)");
        }
        return new WireStanza(
                Envelope.domain(from), new XmlWriter().element(element).toBytes());
    }

    /** The domain that sends it: only the link of this domain may carry it. */
    public String fromDomain() {
        return fromDomain;
    }

    /** Size on the wire. */
    public int length() {
        return octets.length;
    }

    /** The stanza as it goes to the wire; the array is shared and not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Sender's domain and size, never the content. */
    @Override
    public String toString() {
        return "stanza from " + fromDomain + " (" + octets.length + " octets)";
    }
}
