package org.isthmus.bytestream.socks5.dial;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which stream hosts may be dialled. The addresses come from a remote user: without a list, that user would have our host
 * knock at any door that it can reach (server-side request forgery).
 *
 * <p>Some addresses are never dialled, whatever the list says: none, link-local, multicast, reserved ones, the metadata
 * services of the clouds, and IPv6 forms that carry an IPv4 address inside and would walk around the list. The check is on
 * the address that is dialled, after the name was resolved, once.
 *
 * @param allowed networks in which stream hosts may be; an empty list allows nothing
 * @param lowestPort below it are services that are no stream hosts
 */
public record DialPolicy(List<IpNetwork> allowed, int lowestPort) {

    /** Ports below are those of well-known services. */
    public static final int UNPRIVILEGED = 1024;

    private static final List<IpNetwork> NEVER = Stream.of(
                    "0.0.0.0/8",
                    "169.254.0.0/16", // link-local, and most clouds' metadata
                    "192.0.0.0/24", // protocol assignments; Oracle's metadata
                    "100.100.100.200", // Alibaba's metadata
                    "168.63.129.16", // Azure's host agent
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96", // unspecified, and IPv4-compatible; loopback is looked at before
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8",
                    "fd00:ec2::/32", // Amazon's metadata
                    "2001::/32", // Teredo
                    "2002::/16", // 6to4
                    "64:ff9b::/96") // NAT64
            .map(IpNetwork::parse)
            .toList();

    public DialPolicy {
        allowed = List.copyOf(allowed);
        if (lowestPort < 1 || lowestPort > 65_535) {
            throw new IllegalArgumentException("lowestPort: " + lowestPort + " (expected: 1 to 65535)");
        }
    }

    /** These networks, unprivileged ports. */
    public static DialPolicy within(List<IpNetwork> networks) {
        return new DialPolicy(networks, UNPRIVILEGED);
    }

    /** Whether a stream host that a remote user named may be dialled. */
    public boolean permits(InetAddress address, int port) {
        return port >= lowestPort
                && permitsProxy(address)
                && allowed.stream().anyMatch(network -> network.contains(address));
    }

    /** Whether the proxy of our own server may be dialled, which may be anywhere except where nobody may be. */
    public boolean permitsProxy(InetAddress address) {
        return address.isLoopbackAddress() || NEVER.stream().noneMatch(network -> network.contains(address));
    }
}
