package org.isthmus.component.xmpp.stanza;

import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * An IQ get or set that asks for one thing (RFC 6120 §8.2.3).
 *
 * @param from who asks
 * @param to who is asked
 * @param id of the stanza
 * @param set whether something shall be changed
 * @param payload the one child
 * @param lang the stanza's {@code xml:lang}
 * @param trace correlation id, in every log line about this request
 */
public record IqRequest(
        JID from, JID to, String id, boolean set, XmlElement payload, Optional<String> lang, String trace) {

    /** What kind of address is asked. */
    public IqTarget target() {
        return IqTarget.of(to);
    }
}
