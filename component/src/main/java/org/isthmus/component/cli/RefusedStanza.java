package org.isthmus.component.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;

/** An error stanza (RFC 6120 §8.3) as JSON: condition, type, text. */
final class RefusedStanza {

    private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private RefusedStanza() {}

    /** Empty when the stanza is no error. */
    static Optional<ObjectNode> read(String stanza, ObjectMapper json) {
        try {
            XmlElement root = XmlTreeReader.read(stanza, XmlLimits.defaults());
            return root.elements().stream()
                    .filter(child -> child.local().equals("error"))
                    .findFirst()
                    .map(error -> read(error, json));
        } catch (XmlSyntaxException ours) {
            throw new IllegalStateException("the gateway wrote a stanza that cannot be read", ours);
        }
    }

    private static ObjectNode read(XmlElement error, ObjectMapper json) {
        ObjectNode out = json.createObjectNode();
        for (XmlElement child : error.elements()) {
            if (child.is(CONDITIONS, "text")) {
                out.put("text", child.text());
            } else if (child.namespace().equals(CONDITIONS)) {
                out.put("condition", child.local());
            }
        }
        error.attribute("type").ifPresent(type -> out.put("type", type));
        return out;
    }
}
