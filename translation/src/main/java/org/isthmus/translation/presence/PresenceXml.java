package org.isthmus.translation.presence;

import java.util.Optional;
import java.util.regex.Pattern;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/** A {@code <presence/>} element as a {@link PresenceStanza} and back (RFC 6121 §4.7). */
public final class PresenceXml {

    private static final Pattern PRIORITY = Pattern.compile("[+-]?[0-9]{1,3}");

    private PresenceXml() {}

    /**
     * Reads a presence.
     *
     * @param presence the element, in whatever namespace the stream has
     * @param from the sender, read and checked by the edge
     * @param to the addressee, likewise
     * @return empty for a type that is not defined, to which a server answers an error
     */
    public static Optional<PresenceStanza> read(XmlElement presence, JID from, JID to) {
        return PresenceStanza.Type.of(presence.attribute("type")).map(type -> {
            PresenceStanza.Builder stanza = PresenceStanza.builder(from, to).type(type);
            presence.attribute("id").filter(id -> !id.isEmpty()).ifPresent(stanza::id);
            presence.lang().ifPresent(stanza::lang);
            for (XmlElement child : presence.elements()) {
                boolean own = child.namespace().equals(presence.namespace());
                switch (own ? child.local() : "") {
                    case "show" -> Show.of(child.text()).ifPresent(stanza::show);
                    case "status" -> {
                        if (!child.text().isBlank()) {
                            stanza.status(new LangText(child.lang(), child.text()));
                        }
                    }
                    case "priority" -> priority(child.text().strip(), stanza);
                    case "error" -> stanza.error(StanzaErrorXml.read(child));
                    default -> stanza.payload(child);
                }
            }
            return stanza.build();
        });
    }

    /**
     * Writes a presence.
     *
     * @param namespace that of the stream: {@code jabber:component:accept} or {@code jabber:client}
     */
    public static XmlElement write(PresenceStanza stanza, String namespace) {
        XmlElement.Builder presence = XmlElement.builder(namespace, "presence")
                .attribute("from", stanza.from().toString())
                .attribute("to", stanza.to().toString());
        stanza.id().ifPresent(id -> presence.attribute("id", id));
        stanza.type().wire().ifPresent(type -> presence.attribute("type", type));
        presence.lang(stanza.lang());
        stanza.show().ifPresent(show -> presence.child("show", show.wire()));
        stanza.statuses()
                .forEach(status -> presence.child(XmlElement.builder(namespace, "status")
                        .lang(status.lang())
                        .text(status.text())
                        .build()));
        stanza.priority().ifPresent(priority -> presence.child("priority", Integer.toString(priority)));
        stanza.payloads().forEach(presence::child);
        stanza.error().ifPresent(error -> presence.child(StanzaErrorXml.write(error, namespace)));
        return presence.build();
    }

    private static void priority(String text, PresenceStanza.Builder stanza) {
        if (PRIORITY.matcher(text).matches()) {
            int value = Integer.parseInt(text);
            if (value >= -128 && value <= 127) {
                stanza.priority(value);
            }
        }
    }
}
