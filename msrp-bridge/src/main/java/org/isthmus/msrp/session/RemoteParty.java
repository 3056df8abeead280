package org.isthmus.msrp.session;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.tls.PeerVerification;

/**
 * The other side of a session, as its session description tells it.
 *
 * @param path of the peer, its next hop first, its own URI last
 * @param verification by what it proves who it is; only for TLS
 * @param connectTo where to connect instead of the first URI of the path: an address of {@code c=} and {@code m=} where
 *     middleboxes ask for it (RFC 6714), or one that a relay was looked up at
 * @param acceptTypes what it takes; nothing else is sent
 * @param maxSize octets of the largest message that it takes
 * @param maxFrameOctets frames to it are kept shorter than this, because a relay on the way holds them as a whole (
 *     COMPAT Kamailio 5.6 msrp: 11,240); 0 for no limit
 */
public record RemoteParty(
        List<MsrpUri> path,
        PeerVerification verification,
        Optional<InetSocketAddress> connectTo,
        MediaTypes acceptTypes,
        OptionalLong maxSize,
        int maxFrameOctets) {

    public RemoteParty {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("path: empty (expected: one URI or more)");
        }
    }

    /** A peer that takes everything, verified by trust store where TLS is used. */
    public static RemoteParty at(List<MsrpUri> path) {
        return new RemoteParty(
                path, new PeerVerification.ByTrustStore(), Optional.empty(), MediaTypes.ANY, OptionalLong.empty(), 0);
    }

    public static RemoteParty at(MsrpUri uri) {
        return at(List.of(uri));
    }

    public RemoteParty withVerification(PeerVerification changed) {
        return new RemoteParty(path, changed, connectTo, acceptTypes, maxSize, maxFrameOctets);
    }

    public RemoteParty withConnectTo(InetSocketAddress address) {
        return new RemoteParty(path, verification, Optional.of(address), acceptTypes, maxSize, maxFrameOctets);
    }

    public RemoteParty withAcceptTypes(MediaTypes types) {
        return new RemoteParty(path, verification, connectTo, types, maxSize, maxFrameOctets);
    }

    public RemoteParty withMaxSize(long octets) {
        return new RemoteParty(path, verification, connectTo, acceptTypes, OptionalLong.of(octets), maxFrameOctets);
    }

    public RemoteParty withMaxFrameOctets(int octets) {
        return new RemoteParty(path, verification, connectTo, acceptTypes, maxSize, octets);
    }
}
