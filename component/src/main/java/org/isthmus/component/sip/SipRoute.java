package org.isthmus.component.sip;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.mappings.SipUri;

/**
 * The next hop of a partner.
 *
 * @param uri host, port and transport parameter of the next hop (no SRV yet: a missing port is 5060, a missing transport
 *     UDP)
 * @param tcpForLarge whether a request over 1300 octets may go by TCP to the same host and port when the route is UDP
 */
public record SipRoute(SipUri uri, boolean tcpForLarge) {

    public SipRoute {
        Objects.requireNonNull(uri, "uri");
    }

    /** The transport the URI asks for; empty when it is one we do not speak. */
    public Optional<SipTransport> transport() {
        String wanted = uri.params().getOrDefault("transport", "udp").toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "udp" -> Optional.of(SipTransport.UDP);
            case "tcp" -> Optional.of(SipTransport.TCP);
            default -> Optional.empty();
        };
    }

    /** The port, 5060 when the URI names none. */
    public int port() {
        return uri.port() > 0 ? uri.port() : 5060;
    }
}
