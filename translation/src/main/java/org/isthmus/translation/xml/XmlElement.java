package org.isthmus.translation.xml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An element with its attributes and content, immutable. A stanza's edges turn what their parser yields into this and
 * back; translators read extensions from it.
 *
 * @param name namespace and local name
 * @param attributes in document order; namespace declarations are not among them
 * @param content in document order; adjacent texts may be apart
 */
public record XmlElement(XmlName name, Map<XmlName, String> attributes, List<XmlNode> content) implements XmlNode {

    public XmlElement {
        Objects.requireNonNull(name, "name");
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        content = List.copyOf(content);
    }

    /** An element without attributes and content. */
    public static XmlElement empty(String namespace, String local) {
        return new XmlElement(new XmlName(namespace, local), Map.of(), List.of());
    }

    public static Builder builder(String namespace, String local) {
        return new Builder(new XmlName(namespace, local));
    }

    /** Whether this element has that name. */
    public boolean is(String namespace, String local) {
        return name.local().equals(local) && name.namespace().equals(namespace);
    }

    /** The namespace name. */
    public String namespace() {
        return name.namespace();
    }

    /** The local name. */
    public String local() {
        return name.local();
    }

    /** The value of an attribute without namespace. */
    public Optional<String> attribute(String local) {
        return Optional.ofNullable(attributes.get(new XmlName("", local)));
    }

    /** The element's own {@code xml:lang}; an empty value says that there is none. */
    public Optional<String> lang() {
        return Optional.ofNullable(attributes.get(XmlName.LANG)).filter(tag -> !tag.isEmpty());
    }

    /** The child elements. */
    public List<XmlElement> elements() {
        List<XmlElement> found = new ArrayList<>();
        for (XmlNode node : content) {
            if (node instanceof XmlElement element) {
                found.add(element);
            }
        }
        return found;
    }

    /** The child elements with that name. */
    public List<XmlElement> children(String namespace, String local) {
        return elements().stream().filter(child -> child.is(namespace, local)).toList();
    }

    /** The first child element with that name. */
    public Optional<XmlElement> child(String namespace, String local) {
        return elements().stream().filter(child -> child.is(namespace, local)).findFirst();
    }

    /** The character data directly inside, without that of child elements. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (XmlNode node : content) {
            if (node instanceof XmlNode.Text part) {
                text.append(part.text());
            }
        }
        return text.toString();
    }

    /** Name only; the content may be a person's words, which may not reach a log. */
    @Override
    public String toString() {
        return "<" + local() + " xmlns='" + namespace() + "'>";
    }

    /** Collects attributes and content; not thread-safe. */
    public static final class Builder {
        private final XmlName name;
        private final Map<XmlName, String> attributes = new LinkedHashMap<>();
        private final List<XmlNode> content = new ArrayList<>();

        private Builder(XmlName name) {
            this.name = name;
        }

        /** An attribute without namespace. */
        public Builder attribute(String local, String value) {
            attributes.put(new XmlName("", local), value);
            return this;
        }

        public Builder attribute(XmlName attribute, String value) {
            attributes.put(attribute, value);
            return this;
        }

        /** {@code xml:lang}, when there is a language. */
        public Builder lang(Optional<String> tag) {
            tag.ifPresent(value -> attributes.put(XmlName.LANG, value));
            return this;
        }

        public Builder text(String value) {
            content.add(new XmlNode.Text(value));
            return this;
        }

        public Builder child(XmlNode value) {
            content.add(value);
            return this;
        }

        /** A child in the same namespace that holds only a text. */
        public Builder child(String local, String text) {
            return child(
                    new Builder(new XmlName(name.namespace(), local)).text(text).build());
        }

        public XmlElement build() {
            return new XmlElement(name, attributes, content);
        }
    }
}
