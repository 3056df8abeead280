package org.isthmus.bytestream.socks5;

import java.util.List;
import java.util.Objects;
import org.isthmus.bytestream.socks5.host.StreamHostServer;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.xmpp.packet.JID;

/**
 * Our own stream host and how targets reach it.
 *
 * @param server where it listens
 * @param endpoints the names or addresses to announce, which must be reachable for the targets: never a wildcard or loopback
 *     address, and each pair once (XEP-0065 §9.1)
 */
public record Announcement(StreamHostServer server, List<Endpoint> endpoints) {

    /** A host as targets see it. */
    public record Endpoint(String host, int port) {
        public Endpoint {
            Objects.requireNonNull(host, "host");
        }
    }

    public Announcement {
        Objects.requireNonNull(server, "server");
        endpoints = List.copyOf(endpoints);
        if (endpoints.stream().distinct().count() != endpoints.size()) {
            throw new IllegalArgumentException("endpoints: expected each once");
        }
    }

    /** As stream hosts of that requester. */
    List<StreamHost> hosts(JID requester) {
        return endpoints.stream()
                .map(endpoint -> new StreamHost(requester.toString(), endpoint.host(), endpoint.port()))
                .toList();
    }
}
