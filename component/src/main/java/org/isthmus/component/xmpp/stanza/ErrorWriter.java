package org.isthmus.component.xmpp.stanza;

import org.isthmus.component.xmpp.xml.XmlWriter;
import org.isthmus.translation.error.StanzaError;

/** Writes the {@code <error/>} of a stanza (RFC 6120 §8.3). */
final class ErrorWriter {

    private ErrorWriter() {}

    static void write(XmlWriter xml, StanzaError error) {
        xml.start("error").attribute("type", error.type().wire());
        xml.start(error.condition().wire(), Names.STANZA_ERRORS);
        error.address().ifPresent(xml::text);
        xml.end();
        error.text()
                .ifPresent(words ->
                        xml.start("text", Names.STANZA_ERRORS).text(words).end());
        xml.end();
    }
}
