package org.isthmus.component.xmpp.xml;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.dom4j.Attribute;
import org.dom4j.CharacterData;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.Node;
import org.jspecify.annotations.Nullable;

/**
 * Writes one first-level element of a component stream. Every text and every attribute goes through {@link XmlText}; the
 * namespace of the stream is not repeated. Not thread-safe.
 */
public final class XmlWriter {

    /** The default namespace of the stream (XEP-0114 §3). */
    public static final String COMPONENT = "jabber:component:accept";

    private static final String CLIENT = "jabber:client";

    private record Open(String name, String namespace) {}

    private final StringBuilder out = new StringBuilder(256);
    private final Deque<Open> open = new ArrayDeque<>();
    private boolean tagOpen;
    private int generatedPrefixes;

    /** Begins an element in the namespace of its parent; at the first level that of the stream. */
    public XmlWriter start(String name) {
        return start(name, namespace());
    }

    /** Begins an element. */
    public XmlWriter start(String name, String namespace) {
        finishTag();
        String around = namespace();
        out.append('<').append(name);
        if (!namespace.equals(around)) {
            out.append(" xmlns='");
            XmlText.attribute(out, namespace);
            out.append('\'');
        }
        open.push(new Open(name, namespace));
        tagOpen = true;
        return this;
    }

    /** Adds an attribute to the element just begun; nothing when the value is null. */
    public XmlWriter attribute(String name, @Nullable String value) {
        if (!tagOpen) {
            throw new IllegalStateException("attribute " + name + " outside a start tag");
        }
        if (value != null) {
            out.append(' ').append(name).append("='");
            XmlText.attribute(out, value);
            out.append('\'');
        }
        return this;
    }

    /** Adds {@code xml:lang}; nothing when null. */
    public XmlWriter lang(@Nullable String language) {
        return attribute("xml:lang", language);
    }

    /** Adds character data. */
    public XmlWriter text(String text) {
        if (!text.isEmpty()) {
            finishTag();
            XmlText.content(out, text);
        }
        return this;
    }

    /** Ends the element begun last. */
    public XmlWriter end() {
        Open last = open.pop();
        if (tagOpen) {
            out.append("/>");
            tagOpen = false;
        } else {
            out.append("</").append(last.name()).append('>');
        }
        return this;
    }

    /**
     * Adds a whole tree. Its depth must be bounded, as that of everything the decoder made is. At the first level and
     * directly below, {@code jabber:client} and no namespace mean that of the stream.
     */
    public XmlWriter element(Element tree) {
        String namespace = tree.getNamespaceURI();
        boolean ofStream = open.size() <= 1 && (namespace.isEmpty() || namespace.equals(CLIENT));
        start(tree.getName(), ofStream ? namespace() : namespace);
        for (Attribute attribute : tree.attributes()) {
            attribute(attribute);
        }
        List<Node> content = tree.content();
        for (Node node : content) {
            if (node instanceof Element child) {
                element(child);
            } else if (node instanceof CharacterData data && node.getNodeType() != Node.COMMENT_NODE) {
                text(data.getText());
            }
        }
        return end();
    }

    /** A value escaped to stand between apostrophes. */
    public static String attributeText(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 8);
        XmlText.attribute(escaped, value);
        return escaped.toString();
    }

    /** What was written, in UTF-8. */
    public byte[] toBytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("element " + open.element().name() + " was not ended");
        }
        return out.toString();
    }

    private void attribute(Attribute attribute) {
        String uri = attribute.getNamespaceURI();
        if (uri.isEmpty()) {
            attribute(attribute.getName(), attribute.getValue());
        } else if (uri.equals(Namespace.XML_NAMESPACE.getURI())) {
            attribute("xml:" + attribute.getName(), attribute.getValue());
        } else {
            generatedPrefixes++;
            String prefix = "a" + generatedPrefixes;
            attribute("xmlns:" + prefix, uri);
            attribute(prefix + ":" + attribute.getName(), attribute.getValue());
        }
    }

    private String namespace() {
        Open around = open.peek();
        return around == null ? COMPONENT : around.namespace();
    }

    private void finishTag() {
        if (tagOpen) {
            out.append('>');
            tagOpen = false;
        }
    }
}
