package org.isthmus.component.xmpp.stanza;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;

/** Keeps what was sent; a test reads it as the server would. */
public final class RecordingOut implements StanzaOut {

    public final List<XmlElement> sent = new ArrayList<>();

    /** Set: everything is refused with this. */
    public Outcome refuseWith;

    @Override
    public void send(WireStanza stanza, Consumer<Outcome> refused) {
        if (refuseWith == null) {
            sent.add(stanza("<stream xmlns='" + Stanzas.NAMESPACE + "'>"
                            + new String(stanza.octets(), StandardCharsets.UTF_8) + "</stream>")
                    .elements()
                    .get(0));
        } else {
            refused.accept(refuseWith);
        }
    }

    /** The only stanza sent, which is taken away. */
    public XmlElement only() {
        if (sent.size() != 1) {
            throw new AssertionError("one stanza expected: " + sent);
        }
        return sent.remove(0);
    }

    /** Reads XML of a test; elements without a namespace are the stream's. */
    public static XmlElement stanza(String xml) {
        try {
            String inStream = xml.contains("xmlns='" + Stanzas.NAMESPACE)
                    ? xml
                    : xml.replaceFirst("^(<[a-z]+)", "$1 xmlns='" + Stanzas.NAMESPACE + "'");
            return XmlTreeReader.read(inStream, XmlLimits.defaults());
        } catch (XmlSyntaxException malformed) {
            throw new AssertionError(xml, malformed);
        }
    }
}
