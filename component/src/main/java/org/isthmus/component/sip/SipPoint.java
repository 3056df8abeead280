package org.isthmus.component.sip;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An address that the gateway listens on and sends from.
 *
 * @param transport what is spoken there
 * @param address the local address; a wildcard address is allowed when {@code advertise} says what peers see
 * @param port 1-65535, or 0 for any free port (tests)
 * @param advertise host name or address for Via sent-by (RFC 3261 §18.1.1); empty: the address itself
 */
public record SipPoint(SipTransport transport, InetAddress address, int port, Optional<String> advertise) {

    public SipPoint {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0-65535)");
        }
    }
}
