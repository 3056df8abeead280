package org.isthmus.component.xmpp.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.dom4j.QName;
import org.dom4j.tree.DefaultElement;
import org.jspecify.annotations.Nullable;

/**
 * Octets of one stanza to an element tree, in the namespace context of the stream header. Confined to one thread.
 *
 * <p>Aalto keeps every name it has met, and its look-up degrades with them (20,000 distinct names cost 20 times as much
 * a stanza as 2,000), while any user may invent names; dom4j keeps every {@code QName} that was made through its factory.
 * So names are remembered here up to a bound, dom4j's caches are not used, and when the bound is reached the parser is
 * replaced by a new one that has read the same header.
 */
final class StanzaParser {

    static final int MAX_NAMES = 2048;

    private final Map<String, Map<String, QName>> names = new HashMap<>();
    private int nameCount;
    private byte[] header = {};
    private @Nullable AsyncXMLStreamReader<AsyncByteArrayFeeder> reader;

    /** Reads the stream's own start tag; everything after is read inside it. */
    Element open(byte[] buffer, int length) throws XmlFault {
        header = Arrays.copyOf(buffer, length);
        Element root = new DefaultElement("");
        reader = newReader(root);
        return (Element) root.elements().get(0).detach();
    }

    /**
     * Reads one whole element.
     *
     * @param offset where it began in the stream, for the fault
     */
    Element parse(byte[] buffer, int length, long offset) throws XmlFault {
        if (reader == null || nameCount > MAX_NAMES) {
            names.clear();
            nameCount = 0;
            reader = newReader(new DefaultElement(""));
        }
        try {
            reader.getInputFeeder().feedInput(buffer, 0, length);
            return read(reader, offset);
        } catch (XMLStreamException malformed) {
            throw fault(malformed, offset);
        }
    }

    /** Reads a start tag as if the element had no content; for the envelope of a stanza that was skipped. */
    Element parseEnvelope(byte[] startTag, int length, long offset) throws XmlFault {
        byte[] empty = Arrays.copyOf(startTag, length + 1);
        boolean alreadyEmpty = length > 1 && startTag[length - 2] == '/';
        empty[length - 1] = '/';
        empty[length] = '>';
        return alreadyEmpty ? parse(startTag, length, offset) : parse(empty, length + 1, offset);
    }

    private AsyncXMLStreamReader<AsyncByteArrayFeeder> newReader(Element root) throws XmlFault {
        // A factory of its own: readers of one factory share their table of names.
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
        AsyncXMLStreamReader<AsyncByteArrayFeeder> fresh = factory.createAsyncForByteArray();
        try {
            fresh.getInputFeeder().feedInput(header, 0, header.length);
            int event = fresh.next();
            if (event == XMLStreamConstants.START_DOCUMENT) {
                checkEncoding(fresh);
                event = fresh.next();
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                throw new XmlFault(XmlFault.Kind.NOT_WELL_FORMED, 0, "a stream header");
            }
            root.add(element(fresh));
            return fresh;
        } catch (XMLStreamException malformed) {
            throw fault(malformed, 0);
        }
    }

    private static void checkEncoding(AsyncXMLStreamReader<AsyncByteArrayFeeder> fresh) throws XmlFault {
        String declared = fresh.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw new XmlFault(XmlFault.Kind.NOT_WELL_FORMED, 0, "UTF-8 (RFC 6120 §11.6)");
        }
    }

    private Element read(AsyncXMLStreamReader<AsyncByteArrayFeeder> from, long offset)
            throws XMLStreamException, XmlFault {
        Element stanza = null;
        Element current = null;
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = from.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Element next = element(from);
                    if (current == null) {
                        stanza = next;
                    } else {
                        flush(text, current);
                        current.add(next);
                    }
                    current = next;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (current == null) {
                        throw new XmlFault(XmlFault.Kind.NOT_WELL_FORMED, offset, "matching tags");
                    }
                    flush(text, current);
                    current = current.getParent();
                    if (current == null && stanza != null) {
                        return stanza;
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(from.getText());
                case AsyncXMLStreamReader.EVENT_INCOMPLETE ->
                    throw new XmlFault(XmlFault.Kind.NOT_WELL_FORMED, offset, "a whole element");
                default ->
                    throw new XmlFault(
                            XmlFault.Kind.RESTRICTED_XML, offset, "no comments, no instructions, no entities");
            }
        }
    }

    private static void flush(StringBuilder text, Element into) {
        if (text.length() > 0) {
            into.addText(text.toString());
            text.setLength(0);
        }
    }

    private Element element(AsyncXMLStreamReader<AsyncByteArrayFeeder> from) {
        Element made = new DefaultElement(qname(from.getNamespaceURI(), from.getLocalName(), ""));
        for (int i = 0; i < from.getAttributeCount(); i++) {
            String prefix = from.getAttributePrefix(i);
            QName name =
                    qname(from.getAttributeNamespace(i), from.getAttributeLocalName(i), prefix == null ? "" : prefix);
            made.addAttribute(name, from.getAttributeValue(i));
        }
        return made;
    }

    /** Prefixes of elements are dropped, since the namespace says it all; those of attributes are kept for writing. */
    private QName qname(@Nullable String namespace, String name, String prefix) {
        String uri = namespace == null ? "" : namespace;
        Map<String, QName> ofNamespace = names.computeIfAbsent(uri, unknown -> {
            nameCount++;
            return new HashMap<>();
        });
        QName known = ofNamespace.get(name);
        if (known != null && known.getNamespacePrefix().equals(prefix)) {
            return known;
        }
        nameCount++;
        QName made = new QName(name, uri.isEmpty() ? Namespace.NO_NAMESPACE : new Namespace(prefix, uri));
        ofNamespace.put(name, made);
        return made;
    }

    /** The parser's own words name positions and characters, never the text around them. */
    private static XmlFault fault(XMLStreamException malformed, long offset) {
        String words = String.valueOf(malformed.getMessage());
        int end = words.indexOf('\n');
        return new XmlFault(
                XmlFault.Kind.NOT_WELL_FORMED,
                offset,
                "well-formed XML, but " + (end < 0 ? words : words.substring(0, end)));
    }
}
