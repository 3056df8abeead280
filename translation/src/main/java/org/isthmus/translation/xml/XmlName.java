package org.isthmus.translation.xml;

import java.util.Objects;

/**
 * The name of an element or an attribute (Namespaces in XML §2.1); the prefix is no part of it.
 *
 * @param namespace the namespace name; "" when there is none
 * @param local the local part
 */
public record XmlName(String namespace, String local) {

    /** The namespace of {@code xml:lang}. */
    public static final String XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

    /** {@code xml:lang}. */
    public static final XmlName LANG = new XmlName(XML_NAMESPACE, "lang");

    public XmlName {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(local, "local");
    }
}
