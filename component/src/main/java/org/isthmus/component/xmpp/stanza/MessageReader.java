package org.isthmus.component.xmpp.stanza;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.dom4j.Element;
import org.isthmus.component.xmpp.xml.XmlWriter;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.jspecify.annotations.Nullable;
import org.xmpp.packet.JID;

/**
 * A {@code <message/>} element to a record (RFC 6121 §5), lenient as a receiver has to be: an unknown type is normal
 * (§5.2.2), of several texts in one language the first counts, children that nobody reads are left out.
 */
public final class MessageReader {

    /** What a child becomes. Keyed by its name in the stream's namespace. */
    private static final Map<String, BiConsumer<Element, MessageStanza.Builder>> CHILDREN = Map.of(
            "subject", (element, message) -> message.subject(text(element)),
            "body", (element, message) -> message.body(text(element)),
            "thread", (element, message) -> message.thread(element.getText()));

    /** Those that may come more than once, in different languages. */
    private static final Set<String> BY_LANGUAGE = Set.of("subject", "body");

    private MessageReader() {}

    /**
     * Reads a message.
     *
     * @throws JidSyntaxException when {@code from} or {@code to} is missing or no JID
     */
    public static MessageStanza read(Element message) {
        Envelope envelope = Envelope.of(message);
        MessageStanza.Builder record = MessageStanza.builder(jid(envelope.from(), "from"), jid(envelope.to(), "to"));
        Optional.ofNullable(envelope.id()).ifPresent(record::id);
        Optional.ofNullable(envelope.lang()).ifPresent(record::lang);
        MessageStanza.Type type = type(envelope.type());
        record.type(type);
        if (type == MessageStanza.Type.ERROR) {
            record.error(ErrorReader.read(message));
        }
        Set<List<String>> seen = new HashSet<>();
        for (Element child : message.elements()) {
            BiConsumer<Element, MessageStanza.Builder> reader = CHILDREN.get(child.getName());
            if (reader != null && ofStream(child) && seen.add(slot(child))) {
                reader.accept(child, record);
            }
        }
        return record.build();
    }

    private static List<String> slot(Element child) {
        String lang = BY_LANGUAGE.contains(child.getName()) ? child.attributeValue(Names.LANG, "") : "";
        return List.of(child.getName(), lang.toLowerCase(Locale.ROOT));
    }

    private static LangText text(Element element) {
        return new LangText(Optional.ofNullable(element.attributeValue(Names.LANG)), element.getText());
    }

    private static MessageStanza.Type type(@Nullable String wire) {
        for (MessageStanza.Type type : MessageStanza.Type.values()) {
            if (type.wire().equals(wire)) {
                return type;
            }
        }
        return MessageStanza.Type.NORMAL;
    }

    private static JID jid(@Nullable String text, String attribute) {
        if (text == null) {
            throw new JidSyntaxException("no " + attribute + " attribute");
        }
        return Jids.parse(text);
    }

    private static boolean ofStream(Element child) {
        String namespace = child.getNamespaceURI();
        return namespace.equals(XmlWriter.COMPONENT) || namespace.equals("jabber:client");
    }
}
