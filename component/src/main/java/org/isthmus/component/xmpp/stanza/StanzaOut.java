package org.isthmus.component.xmpp.stanza;

import java.util.function.Consumer;
import org.isthmus.component.conversation.StanzaSink;

/** Where stanzas leave whose fate nobody waits for. Any thread; never blocks. */
@FunctionalInterface
public interface StanzaOut {

    /**
     * Writes on the link of the stanza's domain.
     *
     * @param refused called at most once, when it was not written, with why
     */
    void send(WireStanza stanza, Consumer<StanzaSink.Outcome> refused);
}
