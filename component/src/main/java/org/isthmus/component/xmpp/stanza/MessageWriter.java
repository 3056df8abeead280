package org.isthmus.component.xmpp.stanza;

import java.util.List;
import java.util.function.BiConsumer;
import org.isthmus.component.xmpp.xml.XmlWriter;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;

/** A message record to XML (RFC 6121 §5). The table is the order of the children on the wire. */
public final class MessageWriter {

    private static final List<BiConsumer<MessageStanza, XmlWriter>> CHILDREN = List.of(
            (message, xml) -> texts(xml, "subject", message.subjects()),
            (message, xml) -> texts(xml, "body", message.bodies()),
            (message, xml) -> message.thread()
                    .ifPresent(thread -> xml.start("thread").text(thread).end()),
            (message, xml) -> message.error().ifPresent(error -> ErrorWriter.write(xml, error)));

    private MessageWriter() {}

    /** Encodes the message; text that XML cannot carry is replaced by U+FFFD. */
    public static WireStanza write(MessageStanza message) {
        XmlWriter xml = new XmlWriter()
                .start("message")
                .attribute("from", message.from().toString())
                .attribute("to", message.to().toString())
                .attribute("id", message.id().orElse(null));
        if (message.type() != MessageStanza.Type.NORMAL) {
            xml.attribute("type", message.type().wire());
        }
        xml.lang(message.lang().orElse(null));
        CHILDREN.forEach(child -> child.accept(message, xml));
        return new WireStanza(message.from().getDomain(), xml.end().toBytes());
    }

    private static void texts(XmlWriter xml, String name, List<LangText> texts) {
        for (LangText text : texts) {
            xml.start(name).lang(text.lang().orElse(null)).text(text.text()).end();
        }
    }
}
