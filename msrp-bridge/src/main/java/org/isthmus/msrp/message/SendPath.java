package org.isthmus.msrp.message;

import java.util.List;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.transaction.BandwidthLimit;

/**
 * Where the messages of a session go, and how.
 *
 * @param to the whole path: our relays, then the path of the peer (RFC 4976 §5.1)
 * @param from our own URI
 * @param turn messages with the same turn and priority share their part of the connection
 * @param chunkOctets body of one chunk; 0 for the whole message in one SEND
 * @param maxFrameOctets a frame is kept shorter than this, because a relay holds it as a whole; 0 for no limit
 * @param windowOctets how much is taken from a source before it is sent
 * @param limits caps on octets per second, of the session and of the partner
 */
public record SendPath(
        List<MsrpUri> to,
        MsrpUri from,
        Object turn,
        int chunkOctets,
        int maxFrameOctets,
        int windowOctets,
        List<BandwidthLimit> limits) {

    public SendPath {
        to = List.copyOf(to);
        limits = List.copyOf(limits);
    }
}
