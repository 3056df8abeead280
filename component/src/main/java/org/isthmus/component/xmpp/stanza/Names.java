package org.isthmus.component.xmpp.stanza;

import org.dom4j.Namespace;
import org.dom4j.QName;

/** Namespaces and names that more than one class here reads or writes. */
public final class Names {

    public static final String STANZA_ERRORS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    public static final String PING = "urn:xmpp:ping";

    static final QName LANG = new QName("lang", Namespace.XML_NAMESPACE);

    private Names() {}
}
