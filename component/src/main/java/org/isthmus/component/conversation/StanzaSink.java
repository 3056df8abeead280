package org.isthmus.component.conversation;

import java.util.function.Consumer;
import org.isthmus.translation.message.MessageStanza;

/** Port to the XMPP network. May be called from any thread; never blocks. */
public interface StanzaSink {

    /** What became of a stanza that was to be written. */
    enum Outcome {
        /** The server has read it: a ping written behind it was answered (design: receipt of a MESSAGE). */
        CONSUMED,
        /** The link was lost after writing and before the server's answer: it may or may not have arrived. */
        LOST,
        /** Not written: no link serves the sender's domain at the moment. */
        LINK_DOWN,
        /** Not written: the server reads too slowly and the link's buffer stayed full. */
        LINK_FULL,
        /** Not written: larger than the server's stanza limit, which would cost the whole link. */
        TOO_LARGE
    }

    /**
     * Writes a message on the link of the sender's domain, in the order of the calls.
     *
     * @param outcome called exactly once, on a link's thread: post to the owner's stripe and return
     */
    void send(MessageStanza stanza, Consumer<Outcome> outcome);
}
