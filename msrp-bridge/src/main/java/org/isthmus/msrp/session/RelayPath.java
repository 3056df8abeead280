package org.isthmus.msrp.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.transaction.MsrpConnection;

/**
 * Relays that act for us (RFC 4976 §5.1), authorised for one session.
 *
 * @param usePath as the outermost relay has given it: the first relay first
 * @param connection to the first relay; everything of the session goes over it, in both directions
 * @param maxFrameOctets frames are kept shorter than this; 0 for no limit
 */
public record RelayPath(List<MsrpUri> usePath, MsrpConnection connection, int maxFrameOctets) {

    public RelayPath {
        usePath = List.copyOf(usePath);
        if (usePath.isEmpty()) {
            throw new IllegalArgumentException("usePath: empty (expected: one URI or more)");
        }
    }

    /** To-Path of our requests: our relays, then the path of the peer. */
    public static List<MsrpUri> toPath(List<MsrpUri> usePath, List<MsrpUri> peerPath) {
        List<MsrpUri> path = new ArrayList<>(usePath);
        path.addAll(peerPath);
        return List.copyOf(path);
    }

    /** The path we tell the peer: our relays from its side, then our own URI. */
    public static List<MsrpUri> sdpPath(List<MsrpUri> usePath, MsrpUri own) {
        List<MsrpUri> path = new ArrayList<>(usePath);
        Collections.reverse(path);
        path.add(own);
        return List.copyOf(path);
    }
}
