package org.isthmus.translation.html;

import java.util.Locale;
import org.isthmus.translation.xml.XmlElement;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * HTML of any quality as a tree, its body only. Everything is read that a browser would read; nothing of it is trusted yet.
 */
public final class HtmlReader {

    /** Deeper content is left out; no message that a person wrote is nested like that. */
    private static final int MAX_DEPTH = 60;

    /** Elements in all; what comes after them is left out. */
    private static final int MAX_ELEMENTS = 5_000;

    private int elements;

    private HtmlReader() {}

    /** The body of the document; names lower case, no namespaces. */
    public static XmlElement read(String html) {
        return new HtmlReader().copy(Jsoup.parse(html).body(), 1);
    }

    private XmlElement copy(Element source, int depth) {
        XmlElement.Builder copy = XmlElement.builder("", name(source));
        for (Attribute attribute : source.attributes()) {
            copy.attribute(attribute.getKey().toLowerCase(Locale.ROOT), attribute.getValue());
        }
        for (Node child : source.childNodes()) {
            if (child instanceof TextNode text) {
                copy.text(text.getWholeText());
            } else if (child instanceof Element element && depth < MAX_DEPTH && elements < MAX_ELEMENTS) {
                elements++;
                copy.child(copy(element, depth + 1));
            }
        }
        return copy.build();
    }

    private static String name(Element source) {
        return source.normalName();
    }
}
