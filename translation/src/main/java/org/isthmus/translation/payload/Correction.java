package org.isthmus.translation.payload;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/** Last message correction (XEP-0308). SIP has no counterpart: the new text goes out whole, marked as a correction. */
public final class Correction {

    private static final String NAMESPACE = "urn:xmpp:message-correct:0";

    private Correction() {}

    /** The id of the message that this one replaces. */
    public static Optional<String> of(List<XmlElement> payloads) {
        return Payloads.find(payloads, NAMESPACE, "replace").flatMap(element -> element.attribute("id"));
    }
}
