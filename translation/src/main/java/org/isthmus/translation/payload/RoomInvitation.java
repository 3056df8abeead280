package org.isthmus.translation.payload;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.xml.XmlElement;

/** An invitation to a chat room (XEP-0249, XEP-0045 §7.8.2): nothing a SIP user can follow, but something he can read. */
public final class RoomInvitation {

    private static final String DIRECT = "jabber:x:conference";
    private static final String MEDIATED = "http://jabber.org/protocol/muc#user";

    private RoomInvitation() {}

    /** The invitation as text: its reason and the room's address. */
    public static Optional<String> asText(List<XmlElement> payloads, String from) {
        Optional<XmlElement> direct = Payloads.find(payloads, DIRECT, "x");
        Optional<String> room = direct.flatMap(element -> element.attribute("jid"));
        if (direct.isPresent() && room.isPresent()) {
            return Optional.of(text(direct.get().attribute("reason"), room.get()));
        }
        return Payloads.find(payloads, MEDIATED, "x")
                .flatMap(element -> element.child(MEDIATED, "invite"))
                .map(invite -> text(invite.child(MEDIATED, "reason").map(XmlElement::text), from));
    }

    private static String text(Optional<String> reason, String room) {
        String words = reason.map(HeaderText::clean)
                .filter(text -> !text.isEmpty())
                .map(text -> text + "\n")
                .orElse("");
        return words + "xmpp:" + HeaderText.clean(room) + "?join";
    }
}
