package org.isthmus.component.xmpp.stream;

import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/** Takes what a link reads, on the link's thread, in the order of the wire. */
public interface LinkInbound {

    /** The way back on the connection that something came on; what is sent after it ended is gone, as is the asker. */
    interface ReplyPath {
        void send(WireStanza answer);
    }

    /** A first-level element. */
    void onElement(XmlElement element, ReplyPath reply);

    /**
     * A first-level element over a limit, which was skipped.
     *
     * @param envelope its name and attributes; null when even these were too long
     * @param rule the limit, in words
     */
    void onSkipped(@Nullable XmlElement envelope, String rule, ReplyPath reply);
}
