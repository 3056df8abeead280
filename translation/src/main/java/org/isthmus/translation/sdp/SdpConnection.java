package org.isthmus.translation.sdp;

import java.util.Objects;
import java.util.Optional;

/**
 * A connection field (RFC 8866 §5.7).
 *
 * @param addressType {@code IP4} or {@code IP6}
 * @param address an address or a host name, without brackets
 */
public record SdpConnection(String addressType, String address) {

    public SdpConnection {
        Objects.requireNonNull(addressType, "addressType");
        Objects.requireNonNull(address, "address");
    }

    /** The connection of a host name, an IPv4 address, or an IPv6 address with or without brackets. */
    public static SdpConnection of(String host) {
        String address = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new SdpConnection(address.indexOf(':') >= 0 ? "IP6" : "IP4", address);
    }

    /** Reads a {@code c=} value; empty when it is not one of the Internet. */
    static Optional<SdpConnection> parse(String value) {
        String[] parts = value.strip().split(" +", -1);
        return parts.length == 3 && parts[0].equalsIgnoreCase("IN")
                ? Optional.of(new SdpConnection(parts[1], parts[2]))
                : Optional.empty();
    }

    /** The line. */
    public SdpLine line() {
        return new SdpLine('c', "IN " + addressType + " " + address);
    }
}
