package org.isthmus.translation.xml;

import java.util.Objects;

/** What an element contains: elements and text. Comments and processing instructions are not kept. */
public sealed interface XmlNode permits XmlElement, XmlNode.Text {

    /**
     * Character data.
     *
     * @param text unescaped
     */
    record Text(String text) implements XmlNode {

        public Text {
            Objects.requireNonNull(text, "text");
        }
    }
}
