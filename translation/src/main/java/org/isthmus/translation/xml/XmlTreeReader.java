package org.isthmus.translation.xml;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.isthmus.translation.text.ReceivedText;
import org.isthmus.translation.text.ReceivedText.UndecodableTextException;

/**
 * Reads a document into a tree with the platform's StAX parser: no DTD, no entities but the five of XML itself, nothing
 * fetched, bounded.
 */
public final class XmlTreeReader {

    /** Configured once and never changed; then a factory may be shared between threads. */
    private static final XMLInputFactory FACTORY = factory();

    private static final Pattern DECLARED_ENCODING =
            Pattern.compile("\\A<\\?xml[^>]{0,100}?\\sencoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

    private final XMLStreamReader stream;
    private final XmlLimits limits;
    private final Deque<XmlElement.Builder> open = new ArrayDeque<>();
    private int elements;

    private XmlTreeReader(XMLStreamReader stream, XmlLimits limits) {
        this.stream = stream;
        this.limits = limits;
    }

    /**
     * Reads a document whose characters are known.
     *
     * @throws XmlSyntaxException when it is not one, or not within the limits
     */
    public static XmlElement read(String document, XmlLimits limits) throws XmlSyntaxException {
        requireLength(document.length(), limits);
        try {
            // COMPAT(several SIP agents): line breaks before the XML declaration.
            return read(FACTORY.createXMLStreamReader(new StringReader(document.stripLeading())), limits);
        } catch (XMLStreamException notWellFormed) {
            throw malformed(notWellFormed);
        }
    }

    /**
     * Reads a document from octets. The charset of its media type counts before the one that it declares itself (RFC 7303
     * §3); without either it is UTF-8.
     *
     * @throws XmlSyntaxException when it is not one, or not within the limits
     */
    public static XmlElement read(byte[] document, Optional<String> charset, XmlLimits limits)
            throws XmlSyntaxException {
        // Octets are decoded here and not by the parser, which prints undecodable ones to the error stream.
        requireLength(document.length, limits);
        try {
            return read(ReceivedText.decode(document, charset.or(() -> declaredEncoding(document))), limits);
        } catch (UndecodableTextException undecodable) {
            throw new XmlSyntaxException(0, "expected text in the declared encoding");
        }
    }

    /** XML 1.0 appendix F: a byte order mark, else the encoding declaration, which is ASCII in all that it can name. */
    private static Optional<String> declaredEncoding(byte[] document) {
        if (document.length >= 2
                && ((document[0] == (byte) 0xFE && document[1] == (byte) 0xFF)
                        || (document[0] == (byte) 0xFF && document[1] == (byte) 0xFE))) {
            return Optional.of("UTF-16");
        }
        String head = new String(document, 0, Math.min(document.length, 256), StandardCharsets.ISO_8859_1);
        Matcher declaration = DECLARED_ENCODING.matcher(head);
        return declaration.find() ? Optional.of(declaration.group(1)) : Optional.empty();
    }

    private static XmlElement read(XMLStreamReader stream, XmlLimits limits) throws XmlSyntaxException {
        try {
            return new XmlTreeReader(stream, limits).read();
        } catch (XMLStreamException notWellFormed) {
            throw malformed(notWellFormed);
        } catch (RuntimeException parserDefect) {
            // COMPAT(JDK StAX, 17): some malformed declarations and encodings end in unchecked exceptions of the
            // parser.
            throw new XmlSyntaxException(
                    Math.max(0, stream.getLocation().getCharacterOffset()), "expected well-formed XML");
        }
    }

    private XmlElement read() throws XMLStreamException, XmlSyntaxException {
        while (true) {
            switch (stream.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> {
                    XmlElement done = open.pop().build();
                    XmlElement.Builder parent = open.peek();
                    if (parent == null) {
                        finish();
                        return done;
                    }
                    parent.child(done);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    XmlElement.Builder parent = open.peek();
                    if (parent != null) {
                        parent.text(stream.getText());
                    }
                }
                case XMLStreamConstants.DTD -> throw refused("expected no document type declaration");
                case XMLStreamConstants.ENTITY_REFERENCE -> throw refused("expected no entity reference");
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
    }

    private void start() throws XmlSyntaxException {
        if (++elements > limits.maxElements()) {
            throw refused("expected at most " + limits.maxElements() + " elements");
        }
        if (open.size() >= limits.maxDepth()) {
            throw refused("expected at most " + limits.maxDepth() + " levels");
        }
        if (stream.getAttributeCount() > limits.maxAttributes()) {
            throw refused("expected at most " + limits.maxAttributes() + " attributes");
        }
        XmlElement.Builder element = XmlElement.builder(orEmpty(stream.getNamespaceURI()), stream.getLocalName());
        for (int i = 0; i < stream.getAttributeCount(); i++) {
            element.attribute(
                    new XmlName(orEmpty(stream.getAttributeNamespace(i)), stream.getAttributeLocalName(i)),
                    stream.getAttributeValue(i));
        }
        open.push(element);
    }

    /** Nothing but white space, comments and processing instructions may follow the root. */
    private void finish() throws XMLStreamException, XmlSyntaxException {
        while (stream.hasNext()) {
            if (stream.next() == XMLStreamConstants.DTD) {
                throw refused("expected no document type declaration");
            }
        }
    }

    private XmlSyntaxException refused(String expectation) {
        return new XmlSyntaxException(Math.max(0, stream.getLocation().getCharacterOffset()), expectation);
    }

    private static void requireLength(int length, XmlLimits limits) throws XmlSyntaxException {
        if (length > limits.maxChars()) {
            throw new XmlSyntaxException(limits.maxChars(), "expected at most " + limits.maxChars() + " characters");
        }
    }

    /** The parser's own words are not passed on: they quote the document. */
    private static XmlSyntaxException malformed(XMLStreamException cause) {
        int offset = cause.getLocation() == null ? 0 : cause.getLocation().getCharacterOffset();
        return new XmlSyntaxException(Math.max(0, offset), "expected well-formed XML");
    }

    @SuppressWarnings("NullAway") // StAX says null where there is no namespace
    private static String orEmpty(String namespace) {
        return namespace == null ? "" : namespace;
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external reference");
        });
        return factory;
    }
}
