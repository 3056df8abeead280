package org.isthmus.translation.xml;

import java.util.Map;
import org.isthmus.translation.text.XmlCharacters;

/**
 * Writes a tree as XML text: each element in its namespace by a default declaration, attributes in theirs by a prefix.
 * Characters that XML cannot carry are replaced, so the result is always well-formed.
 */
public final class XmlTreeWriter {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n";

    private final Map<String, String> prefixes;

    private XmlTreeWriter(Map<String, String> prefixes) {
        this.prefixes = prefixes;
    }

    /** The element and what is in it. */
    public static String write(XmlElement element) {
        StringBuilder out = new StringBuilder();
        new XmlTreeWriter(Map.of()).write(element, "", true, out);
        return out.toString();
    }

    /**
     * The element and what is in it, as a child of an element that declares a default namespace.
     *
     * @param defaultNamespace the namespace that is not declared again, for example that of a stream
     */
    public static String write(XmlElement element, String defaultNamespace) {
        StringBuilder out = new StringBuilder();
        new XmlTreeWriter(Map.of()).write(element, defaultNamespace, true, out);
        return out.toString();
    }

    /** A document of its own: declaration for UTF-8, then the element. */
    public static String document(XmlElement root) {
        return DECLARATION + write(root);
    }

    /**
     * A document whose elements in some namespaces have the prefixes that readers without namespaces look for.
     *
     * @param prefixes namespace to prefix, all declared at the root
     */
    public static String document(XmlElement root, Map<String, String> prefixes) {
        StringBuilder out = new StringBuilder(DECLARATION);
        new XmlTreeWriter(prefixes).write(root, "", true, out);
        return out.toString();
    }

    private void write(XmlElement element, String defaultNamespace, boolean root, StringBuilder out) {
        String prefix = prefixes.get(element.namespace());
        String name = prefix == null ? element.local() : prefix + ":" + element.local();
        String inside = prefix == null ? element.namespace() : defaultNamespace;
        out.append('<').append(name);
        if (!inside.equals(defaultNamespace)) {
            declare("", inside, out);
        }
        if (root) {
            prefixes.forEach((namespace, chosen) -> declare(":" + chosen, namespace, out));
        }
        writeAttributes(element.attributes(), out);
        if (element.content().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        for (XmlNode node : element.content()) {
            if (node instanceof XmlElement child) {
                write(child, inside, false, out);
            } else if (node instanceof XmlNode.Text text) {
                escape(text.text(), false, out);
            }
        }
        out.append("</").append(name).append('>');
    }

    private static void declare(String prefix, String namespace, StringBuilder out) {
        out.append(" xmlns").append(prefix).append("=\"");
        escape(namespace, true, out);
        out.append('"');
    }

    private static void writeAttributes(Map<XmlName, String> attributes, StringBuilder out) {
        int prefixes = 0;
        for (Map.Entry<XmlName, String> attribute : attributes.entrySet()) {
            String namespace = attribute.getKey().namespace();
            out.append(' ');
            if (namespace.equals(XmlName.XML_NAMESPACE)) {
                out.append("xml:");
            } else if (!namespace.isEmpty()) {
                String prefix = "n" + prefixes++;
                out.append("xmlns:").append(prefix).append("=\"");
                escape(namespace, true, out);
                out.append("\" ").append(prefix).append(':');
            }
            out.append(attribute.getKey().local()).append("=\"");
            escape(attribute.getValue(), true, out);
            out.append('"');
        }
    }

    private static void escape(String text, boolean attribute, StringBuilder out) {
        String legal = XmlCharacters.clean(text);
        for (int i = 0; i < legal.length(); i++) {
            char c = legal.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\r' -> out.append("&#xD;");
                case '\n', '\t' -> out.append(attribute ? "&#x" + Integer.toHexString(c) + ";" : String.valueOf(c));
                default -> out.append(c);
            }
        }
    }
}
