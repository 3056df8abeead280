package org.isthmus.component.xmpp.stanza;

import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/** Receives presence stanzas, on the link's thread: resolves nothing, translates nothing, enqueues. */
@FunctionalInterface
public interface PresencePort {

    /**
     * A presence of any type, errors included.
     *
     * @param presence the whole element
     * @param from its sender
     * @param to its addressee, on the domain of a link
     * @param trace correlation id, in every log line about this stanza
     */
    void onPresence(XmlElement presence, JID from, JID to, String trace);
}
