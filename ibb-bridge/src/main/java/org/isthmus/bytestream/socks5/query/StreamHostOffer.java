package org.isthmus.bytestream.socks5.query;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a requester sends to begin (XEP-0065 §5.3.1).
 *
 * @param sid names the stream between requester and target
 * @param destination the destination address to use instead of the hash, for requesters behind a room (§7)
 * @param hosts in the order in which to try them, at least one
 */
public record StreamHostOffer(String sid, Optional<String> destination, List<StreamHost> hosts) {

    public StreamHostOffer {
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(destination, "destination");
        hosts = List.copyOf(hosts);
    }
}
