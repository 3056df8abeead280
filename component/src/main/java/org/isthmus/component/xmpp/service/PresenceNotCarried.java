package org.isthmus.component.xmpp.service;

import java.util.Set;
import org.isthmus.component.conversation.Refusal;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.xmpp.stanza.Envelope;
import org.isthmus.component.xmpp.stanza.PresencePort;
import org.isthmus.component.xmpp.stanza.StanzaOut;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * Stands where presence will be: says to everybody who asks for some that there is none yet. An error leaves the roster as
 * it is, where {@code unsubscribed} would undo what the user wanted. Presence that asks for nothing needs no answer.
 */
public final class PresenceNotCarried implements PresencePort {

    private static final Set<String> ASKING = Set.of("subscribe", "probe");

    private final StanzaOut out;
    private final Refusals refusals;

    public PresenceNotCarried(StanzaOut out, Refusals refusals) {
        this.out = out;
        this.refusals = refusals;
    }

    @Override
    public void onPresence(XmlElement presence, JID from, JID to, String trace) {
        Envelope envelope = Envelope.of(presence);
        if (envelope.type().filter(ASKING::contains).isPresent() && envelope.mayBeAnswered()) {
            out.send(
                    envelope.toError(refusals.toXmpp(Refusal.PRESENCE_NOT_CARRIED, presence.lang(), trace, "")),
                    ignored -> {});
        }
    }
}
