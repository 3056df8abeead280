package org.isthmus.bytestream;

import java.util.Objects;
import org.xmpp.packet.JID;

/**
 * What names a byte stream: a sid belongs to the two full JIDs that agreed on it, and to nobody else (XEP-0047 §2.2,
 * XEP-0095 §5.2).
 *
 * @param local our full JID
 * @param peer the other party's full JID
 * @param sid the stream id, which under stream initiation is the offer's id
 */
public record StreamKey(JID local, JID peer, String sid) {

    public StreamKey {
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(peer, "peer");
        Objects.requireNonNull(sid, "sid");
    }
}
