package org.isthmus.translation.html;

import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlName;
import org.isthmus.translation.xml.XmlNode;
import org.isthmus.translation.xml.XmlTreeWriter;

/** The XHTML-IM body of a stanza as a {@code text/html} document, as harmless as what comes the other way. */
public final class XhtmlImToHtml {

    private XhtmlImToHtml() {}

    /** The document. */
    public static String translate(XmlElement xhtmlBody) {
        XmlElement body = withoutNamespace(Sanitiser.sanitise(xhtmlBody));
        return "<!DOCTYPE html><html>" + XmlTreeWriter.write(body).replace("<body/>", "<body></body>") + "</html>";
    }

    /** The text of the body, for recipients that take only that. */
    public static String plainText(XmlElement xhtmlBody) {
        return PlainText.of(Sanitiser.sanitise(xhtmlBody));
    }

    private static XmlElement withoutNamespace(XmlElement element) {
        XmlElement.Builder copy = XmlElement.builder("", element.local());
        element.attributes().forEach((name, value) -> copy.attribute(new XmlName("", name.local()), value));
        for (XmlNode node : element.content()) {
            copy.child(node instanceof XmlElement child ? withoutNamespace(child) : node);
        }
        return copy.build();
    }
}
