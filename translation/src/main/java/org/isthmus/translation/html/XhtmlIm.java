package org.isthmus.translation.html;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/** The XHTML-IM extension of a message (XEP-0071 §4). */
public final class XhtmlIm {

    static final String XHTML = "http://www.w3.org/1999/xhtml";
    private static final String NAMESPACE = "http://jabber.org/protocol/xhtml-im";

    private XhtmlIm() {}

    /** The body of a message's XHTML-IM, as it came. */
    public static Optional<XmlElement> of(List<XmlElement> payloads) {
        return payloads.stream()
                .filter(payload -> payload.is(NAMESPACE, "html"))
                .flatMap(payload -> payload.child(XHTML, "body").stream())
                .findFirst();
    }

    /** The extension around a sanitised body. */
    static XmlElement element(XmlElement body) {
        return XmlElement.builder(NAMESPACE, "html").child(body).build();
    }
}
