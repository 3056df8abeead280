package org.isthmus.component.xmpp.stream;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.isthmus.component.xmpp.xml.StreamLimits;
import org.isthmus.mappings.Jids;
import org.xmpp.packet.JID;

/**
 * Everything about one link, as the configuration says it.
 *
 * @param domain the component's domain; prepared here as that of any JID
 * @param host where the server listens for components; resolved anew for each connection
 * @param port its port
 * @param server which server it is
 * @param secret asked once a connection; what it throws is reported as a mistake in the configuration. Never logged
 * @param tls clear text or TLS
 * @param pingTo the server's own domain, when it is known and shall be pinged. Empty: the link pings its own domain
 *     through the server, which needs no knowledge and also notices a second connection that takes stanzas away
 * @param input limits for what is read
 * @param limits sizes and times
 */
public record LinkSettings(
        String domain,
        String host,
        int port,
        ServerKind server,
        Supplier<String> secret,
        TlsMode tls,
        Optional<JID> pingTo,
        StreamLimits input,
        LinkLimits limits) {

    public LinkSettings {
        domain = Jids.of(null, domain, null).getDomain();
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /** A clear-text link with the default limits. */
    public static LinkSettings of(String domain, String host, int port, ServerKind server, Supplier<String> secret) {
        return new LinkSettings(
                domain,
                host,
                port,
                server,
                secret,
                TlsMode.OFF,
                Optional.empty(),
                StreamLimits.DEFAULT,
                LinkLimits.DEFAULT);
    }

    /** The same link with other sizes and times. */
    public LinkSettings with(LinkLimits other) {
        return new LinkSettings(domain, host, port, server, secret, tls, pingTo, input, other);
    }

    /** Where it leads, without the secret. */
    @Override
    public String toString() {
        return domain + " at " + host + ":" + port + " (" + server + ", tls " + tls + ")";
    }
}
