package org.isthmus.translation.message;

import java.util.Optional;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * A {@code <message/>} element as a {@link MessageStanza} and back (RFC 6121 §5.2). Children in the stream's namespace are
 * the record's own parts; all others are payloads and pass unread.
 */
public final class MessageXml {

    private MessageXml() {}

    /**
     * Reads a message. A type that is not defined is {@code normal} (RFC 6121 §5.2.2).
     *
     * @param message the element, in whatever namespace the stream has
     * @param from the sender, read and checked by the edge
     * @param to the addressee, likewise
     */
    public static MessageStanza read(XmlElement message, JID from, JID to) {
        MessageStanza.Builder stanza = MessageStanza.builder(from, to).type(type(message.attribute("type")));
        message.attribute("id").filter(id -> !id.isEmpty()).ifPresent(stanza::id);
        message.lang().ifPresent(stanza::lang);
        boolean threadSeen = false;
        for (XmlElement child : message.elements()) {
            boolean own = child.namespace().equals(message.namespace());
            switch (own ? child.local() : "") {
                case "body" -> stanza.body(new LangText(child.lang(), child.text()));
                case "subject" -> stanza.subject(new LangText(child.lang(), child.text()));
                case "thread" -> {
                    if (!threadSeen && !child.text().isBlank()) {
                        threadSeen = true;
                        stanza.thread(child.text().strip());
                        child.attribute("parent").ifPresent(stanza::parentThread);
                    }
                }
                case "error" -> stanza.error(StanzaErrorXml.read(child));
                default -> stanza.payload(child);
            }
        }
        return stanza.build();
    }

    /**
     * Writes a message.
     *
     * @param namespace that of the stream: {@code jabber:component:accept} or {@code jabber:client}
     */
    public static XmlElement write(MessageStanza stanza, String namespace) {
        XmlElement.Builder message = XmlElement.builder(namespace, "message")
                .attribute("from", stanza.from().toString())
                .attribute("to", stanza.to().toString());
        stanza.id().ifPresent(id -> message.attribute("id", id));
        if (stanza.type() != MessageStanza.Type.NORMAL) {
            message.attribute("type", stanza.type().wire());
        }
        message.lang(stanza.lang());
        stanza.subjects().forEach(subject -> message.child(text(namespace, "subject", subject)));
        stanza.thread().ifPresent(thread -> message.child(thread(namespace, thread, stanza.parentThread())));
        stanza.bodies().forEach(body -> message.child(text(namespace, "body", body)));
        stanza.payloads().forEach(message::child);
        stanza.error().ifPresent(error -> message.child(StanzaErrorXml.write(error, namespace)));
        return message.build();
    }

    private static MessageStanza.Type type(Optional<String> value) {
        for (MessageStanza.Type type : MessageStanza.Type.values()) {
            if (value.filter(type.wire()::equals).isPresent()) {
                return type;
            }
        }
        return MessageStanza.Type.NORMAL;
    }

    private static XmlElement text(String namespace, String name, LangText text) {
        return XmlElement.builder(namespace, name)
                .lang(text.lang())
                .text(text.text())
                .build();
    }

    private static XmlElement thread(String namespace, String thread, Optional<String> parent) {
        XmlElement.Builder element = XmlElement.builder(namespace, "thread");
        parent.ifPresent(value -> element.attribute("parent", value));
        return element.text(thread).build();
    }
}
