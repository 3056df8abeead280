package org.isthmus.component.conversation;

import org.isthmus.translation.message.MessageStanza;

/** Receives the stanzas of the XMPP servers, on the link's thread: resolves nothing, translates nothing, enqueues. */
public interface StanzaInbound {

    /** A message to a SIP user, errors included. */
    void onMessage(MessageStanza stanza, String trace);
}
