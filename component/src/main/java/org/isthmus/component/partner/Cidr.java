package org.isthmus.component.partner;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.isthmus.mappings.spelling.IpLiteral;

/**
 * A block of addresses (RFC 4632 §3.1, RFC 4291 §2.3), immutable.
 *
 * <p>An IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is the IPv4 address, in a block as in a source: which of the two a socket
 * shows is the system's choice.
 */
public final class Cidr {

    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads {@code 10.9.0.0/16}, {@code 2001:db8::/32} or a single address; nothing is looked up.
     *
     * @throws IllegalArgumentException when it is none, with words for the operator
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> literal = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (literal.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a network (expected: an address such as 10.1.2.3 or 10.1.0.0/16)");
        }
        byte[] address = literal.get();
        int bits = address.length * 8;
        int prefix = slash < 0 ? bits : number(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": the prefix is not a number of bits (expected: 0-" + bits + ")");
        }
        byte[] masked = masked(address, prefix);
        if (!Arrays.equals(address, masked)) {
            throw new IllegalArgumentException("\"" + text + "\" has bits beyond its prefix (did you mean "
                    + IpLiteral.format(masked) + "/" + prefix + "?)");
        }
        boolean mapped = isMapped(address) && prefix >= 96;
        return mapped ? new Cidr(Arrays.copyOfRange(address, 12, 16), prefix - 96) : new Cidr(address, prefix);
    }

    /** Whether the address lies in this block. */
    public boolean contains(InetAddress address) {
        byte[] octets = octets(address);
        return octets.length == network.length && Arrays.equals(masked(octets, prefix), network);
    }

    /** Number of leading bits that every address of the block shares. */
    public int prefix() {
        return prefix;
    }

    /** Whether this is every address of its family. */
    public boolean isEverything() {
        return prefix == 0;
    }

    static byte[] octets(InetAddress address) {
        byte[] octets = address.getAddress();
        return isMapped(octets) ? Arrays.copyOfRange(octets, 12, 16) : octets;
    }

    private static boolean isMapped(byte[] address) {
        if (address.length != 16) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    private static byte[] masked(byte[] address, int prefix) {
        byte[] out = address.clone();
        for (int i = 0; i < out.length; i++) {
            int kept = Math.max(0, Math.min(8, prefix - 8 * i));
            out[i] &= (byte) (0xff00 >> kept);
        }
        return out;
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }

    /**
     * The address of a literal, without a look-up.
     *
     * @throws IllegalArgumentException when it is no literal
     */
    public static InetAddress address(String literal) {
        byte[] octets = IpLiteral.parse(literal)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + literal + "\" is not an IP address (expected: a literal such as 10.1.2.3 or ::1)"));
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 octets are an address", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr block && prefix == block.prefix && Arrays.equals(network, block.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    @Override
    public String toString() {
        return IpLiteral.format(network) + "/" + prefix;
    }
}
