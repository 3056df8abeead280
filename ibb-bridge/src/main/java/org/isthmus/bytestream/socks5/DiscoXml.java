package org.isthmus.bytestream.socks5;

import java.util.List;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.isthmus.bytestream.StreamMethod;

/** As much of service discovery (XEP-0030) as it takes to find a proxy (XEP-0065 §4.1). */
final class DiscoXml {

    private static final Namespace ITEMS = new Namespace("", "http://jabber.org/protocol/disco#items");
    private static final Namespace INFO = new Namespace("", "http://jabber.org/protocol/disco#info");

    private DiscoXml() {}

    static Element askItems() {
        return DocumentHelper.createElement(new QName("query", ITEMS));
    }

    static Element askInfo() {
        return DocumentHelper.createElement(new QName("query", INFO));
    }

    /** The addresses of the items that are services, not nodes of one. */
    static List<String> items(Element query) {
        return query.elements(new QName("item", ITEMS)).stream()
                .filter(item -> item.attributeValue("node") == null)
                .map(item -> item.attributeValue("jid", "").strip())
                .filter(jid -> !jid.isEmpty())
                .distinct()
                .toList();
    }

    /** Whether this is the description of a byte stream proxy. */
    static boolean isProxy(Element query) {
        boolean identity = query.elements(new QName("identity", INFO)).stream()
                .anyMatch(each -> "proxy".equals(each.attributeValue("category"))
                        && "bytestreams".equals(each.attributeValue("type")));
        boolean feature = query.elements(new QName("feature", INFO)).stream()
                .anyMatch(each -> StreamMethod.SOCKS5.namespace().equals(each.attributeValue("var")));
        return identity && feature;
    }
}
