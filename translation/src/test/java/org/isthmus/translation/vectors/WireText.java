package org.isthmus.translation.vectors;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageXml;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.xml.XmlElement;
import org.isthmus.translation.xml.XmlLimits;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeReader;

/** Reads the stanzas and requests that vectors print; the edges' own readers are not part of this module. */
public final class WireText {

    private WireText() {}

    public static XmlElement xml(String text) {
        try {
            return XmlTreeReader.read(text, XmlLimits.defaults());
        } catch (XmlSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A stanza; addresses that a row leaves out are those of the RFC's examples. */
    public static MessageStanza stanza(String text) {
        XmlElement message = xml(text);
        return MessageXml.read(
                message,
                People.jid(message.attribute("from").orElse("juliet@example.com/balcony")),
                People.jid(message.attribute("to").orElse("romeo@example.net")));
    }

    /** A request printed with line feeds. */
    public static SipMessage request(String text) {
        int blank = text.indexOf("\n\n");
        String head = blank < 0 ? text : text.substring(0, blank);
        String body = blank < 0 ? "" : text.substring(blank + 2);
        String[] lines = head.replace("\n ", " ").split("\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.putIfAbsent(
                    lines[i].substring(0, colon).strip(),
                    lines[i].substring(colon + 1).strip());
        }
        SipMessage.Builder request = SipMessage.builder(
                        address(headers.get("From")),
                        address(headers.get("To")),
                        new SipBody(
                                headers.getOrDefault("Content-Type", ""),
                                body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8)))
                .requestUri(SipUri.parse(lines[0].split(" ")[1]));
        Optional.ofNullable(headers.get("Call-ID")).ifPresent(request::callId);
        Optional.ofNullable(headers.get("Subject")).ifPresent(request::subject);
        Optional.ofNullable(headers.get("Content-Language")).ifPresent(request::contentLanguage);
        Optional.ofNullable(headers.get("Date"))
                .map(value -> ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT)))
                .ifPresent(date -> request.date(date.toInstant()));
        return request.build();
    }

    private static SipUri address(String header) {
        int open = header.indexOf('<');
        String uri = open < 0
                ? header.substring(0, header.indexOf(';') < 0 ? header.length() : header.indexOf(';'))
                : header.substring(open + 1, header.indexOf('>'));
        return SipUri.parse(uri);
    }
}
