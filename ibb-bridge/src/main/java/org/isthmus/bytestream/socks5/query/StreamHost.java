package org.isthmus.bytestream.socks5.query;

import java.util.Objects;

/**
 * Where a target may connect to (XEP-0065 §5.3.1).
 *
 * @param jid as it was written: what is sent to it or said about it has to carry exactly that (ejabberd's proxy has a
 *     resource)
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record StreamHost(String jid, String host, int port) {

    /** When an offer names none (§9.2). */
    public static final int DEFAULT_PORT = 1080;

    public StreamHost {
        Objects.requireNonNull(jid, "jid");
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }
}
