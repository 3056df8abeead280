package org.isthmus.bytestream.socks5.dial;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Objects;

/**
 * A range of IP addresses in prefix notation (RFC 4632 §3.1, RFC 4291 §2.3).
 *
 * @param address any address in it
 * @param prefix how many leading bits count
 */
public record IpNetwork(InetAddress address, int prefix) {

    public IpNetwork {
        Objects.requireNonNull(address, "address");
        int bits = address.getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("prefix: " + prefix + " (expected: 0 to " + bits + ")");
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or an address alone.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static IpNetwork parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = Addresses.literal(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(text + " (expected: address/prefix)"));
        if (slash < 0) {
            return new IpNetwork(address, address.getAddress().length * Byte.SIZE);
        }
        try {
            return new IpNetwork(address, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(text + " (expected: address/prefix)");
        }
    }

    /** Whether it is in this range. An IPv4 address is in no IPv6 range and the other way round. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] its = other.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != its[i]) {
                return false;
            }
        }
        int rest = prefix % Byte.SIZE;
        return rest == 0 || ((mine[whole] ^ its[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0;
    }

    @Override
    public String toString() {
        return NetUtil.toAddressString(address) + "/" + prefix;
    }
}
