package org.isthmus.component.xmpp.xml;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import com.fasterxml.aalto.AsyncXMLStreamReader;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlName;
import org.jspecify.annotations.Nullable;

/**
 * Octets of one stanza to a tree, in the namespace context of the stream header. Confined to one thread.
 *
 * <p>Aalto keeps every name it has met, and looks them up ever more slowly (measured: 20,000 distinct names cost 20 µs
 * each, 2,000 cost 2 µs), while any user may invent names. So names are counted here, which also saves making them
 * again, and when there are too many the parser is replaced by a new one that has read the same header.
 */
final class StanzaParser {

    static final int MAX_NAMES = 2048;

    private final Map<String, Map<String, XmlName>> names = new HashMap<>();
    private int nameCount;
    private byte[] header = {};
    private @Nullable AsyncXMLStreamReader<AsyncByteArrayFeeder> reader;

    /** Reads the stream's own start tag; everything after is read inside it. */
    XmlElement open(byte[] buffer, int length) throws XmlFault {
        header = Arrays.copyOf(buffer, length);
        AsyncXMLStreamReader<AsyncByteArrayFeeder> fresh = newReader();
        reader = fresh;
        return element(fresh).build();
    }

    /**
     * Reads one whole element.
     *
     * @param offset where it began in the stream, for the fault
     */
    XmlElement parse(byte[] buffer, int length, long offset) throws XmlFault {
        if (reader == null || nameCount > MAX_NAMES) {
            names.clear();
            nameCount = 0;
            reader = newReader();
        }
        try {
            reader.getInputFeeder().feedInput(buffer, 0, length);
            return read(reader, offset);
        } catch (XMLStreamException malformed) {
            throw fault(malformed, offset);
        } catch (RuntimeException defect) {
            throw fault(defect, offset);
        }
    }

    /** Reads a start tag as if the element had no content; for the envelope of a stanza that was skipped. */
    XmlElement parseEnvelope(byte[] startTag, int length, long offset) throws XmlFault {
        if (startTag[length - 2] == '/') {
            return parse(startTag, length, offset);
        }
        byte[] empty = Arrays.copyOf(startTag, length + 1);
        empty[length - 1] = '/';
        empty[length] = '>';
        return parse(empty, length + 1, offset);
    }

    /** A parser that stands behind the stream header. */
    private AsyncXMLStreamReader<AsyncByteArrayFeeder> newReader() throws XmlFault {
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
            return fresh;
        } catch (XMLStreamException malformed) {
            throw fault(malformed, 0);
        } catch (RuntimeException defect) {
            throw fault(defect, 0);
        }
    }

    private static void checkEncoding(AsyncXMLStreamReader<AsyncByteArrayFeeder> fresh) throws XmlFault {
        String declared = fresh.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
            throw new XmlFault(XmlFault.Kind.NOT_WELL_FORMED, 0, "UTF-8 (RFC 6120 §11.6)");
        }
    }

    private XmlElement read(AsyncXMLStreamReader<AsyncByteArrayFeeder> from, long offset)
            throws XMLStreamException, XmlFault {
        Deque<XmlElement.Builder> open = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (from.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    flush(text, open.peek());
                    open.push(element(from));
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (open.isEmpty()) {
                        throw new XmlFault(XmlFault.Kind.NOT_WELL_FORMED, offset, "matching tags");
                    }
                    flush(text, open.peek());
                    XmlElement ended = open.pop().build();
                    XmlElement.Builder parent = open.peek();
                    if (parent == null) {
                        return ended;
                    }
                    parent.child(ended);
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

    private static void flush(StringBuilder text, XmlElement.@Nullable Builder into) {
        if (text.length() > 0 && into != null) {
            into.text(text.toString());
            text.setLength(0);
        }
    }

    private XmlElement.Builder element(AsyncXMLStreamReader<AsyncByteArrayFeeder> from) {
        XmlName name = name(from.getNamespaceURI(), from.getLocalName(), from.getPrefix());
        XmlElement.Builder made = XmlElement.builder(name.namespace(), name.local());
        for (int i = 0; i < from.getAttributeCount(); i++) {
            XmlName attribute =
                    name(from.getAttributeNamespace(i), from.getAttributeLocalName(i), from.getAttributePrefix(i));
            made.attribute(attribute, from.getAttributeValue(i));
        }
        for (int i = 0; i < from.getNamespaceCount(); i++) {
            name("xmlns", "", from.getNamespacePrefix(i));
        }
        return made;
    }

    /** The prefix is no part of a name, but the parser remembers names as they are written. */
    private XmlName name(@Nullable String namespace, String local, @Nullable String prefix) {
        String uri = namespace == null ? "" : namespace;
        Map<String, XmlName> ofNamespace = names.get(uri);
        if (ofNamespace == null) {
            ofNamespace = new HashMap<>();
            names.put(uri, ofNamespace);
        }
        String written = prefix == null || prefix.isEmpty() ? local : prefix + ':' + local;
        XmlName known = ofNamespace.get(written);
        if (known == null) {
            nameCount++;
            known = new XmlName(uri, local);
            ofNamespace.put(written, known);
        }
        return known;
    }

    /** COMPAT(Aalto, 1.4.0): some malformed names and declarations end in unchecked exceptions of the parser. */
    private static XmlFault fault(RuntimeException defect, long offset) {
        return new XmlFault(
                XmlFault.Kind.NOT_WELL_FORMED,
                offset,
                "well-formed XML (" + defect.getClass().getSimpleName() + " in the parser)");
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
