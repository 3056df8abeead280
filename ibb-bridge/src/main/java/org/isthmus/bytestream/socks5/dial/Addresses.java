package org.isthmus.bytestream.socks5.dial;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** IP addresses as text. */
final class Addresses {

    private Addresses() {}

    /** The address that the text is, without asking anybody; empty for a name, or for an address with a zone. */
    static Optional<InetAddress> literal(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (bare.indexOf('%') >= 0) {
            return Optional.empty();
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(bare);
        if (octets == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(octets)); // turns ::ffff:a.b.c.d into a.b.c.d
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(octets.length + " octets", impossible);
        }
    }
}
