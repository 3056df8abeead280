package org.isthmus.translation.payload;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/** Looking for a child among the payloads of a stanza. */
final class Payloads {

    private Payloads() {}

    static Optional<XmlElement> find(List<XmlElement> payloads, String namespace, String local) {
        return payloads.stream().filter(child -> child.is(namespace, local)).findFirst();
    }
}
