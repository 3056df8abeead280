package org.isthmus.mappings.spelling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IP addresses as text, without a look-up ever being possible (RFC 4291 §2.2, RFC 5952 §4). */
public final class IpLiteral {

    private IpLiteral() {}

    /** The octets of an IPv4 (4) or IPv6 (16) address without brackets, zone or prefix; empty when it is neither. */
    public static Optional<byte[]> parse(String text) {
        return text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
    }

    /** The one spelling of an address: dotted for four octets, RFC 5952 without brackets for sixteen. */
    public static String format(byte[] address) {
        if (address.length == 4) {
            return (address[0] & 255) + "." + (address[1] & 255) + "." + (address[2] & 255) + "." + (address[3] & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = ((address[2 * i] & 255) << 8) | (address[2 * i + 1] & 255);
        }
        int zerosAt = -1;
        int zeros = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > zeros) {
                zerosAt = i;
                zeros = end - i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == zerosAt) {
                out.append("::");
                i += zeros - 1;
                continue;
            }
            if (out.length() > 0 && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }

    private static Optional<byte[]> parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] out = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            boolean leadingZero = parts[i].length() > 1 && parts[i].charAt(0) == '0';
            if (value < 0 || value > 255 || leadingZero) {
                return Optional.empty();
            }
            out[i] = (byte) value;
        }
        return Optional.of(out);
    }

    private static Optional<byte[]> parseIpv6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> head = groups(gap < 0 ? text : text.substring(0, gap), gap < 0);
        Optional<List<Integer>> tail = gap < 0 ? Optional.of(List.of()) : groups(text.substring(gap + 2), true);
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().size() + tail.get().size();
        if (gap < 0 ? given != 8 : given > 7) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        for (int i = given; i < 8; i++) {
            all.add(0);
        }
        all.addAll(tail.get());
        byte[] out = new byte[16];
        for (int i = 0; i < 8; i++) {
            out[2 * i] = (byte) (all.get(i) >> 8);
            out[2 * i + 1] = (byte) (int) all.get(i);
        }
        return Optional.of(out);
    }

    private static Optional<List<Integer>> groups(String text, boolean mayEndInIpv4) {
        List<Integer> out = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(out);
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInIpv4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                Optional<byte[]> ipv4 = parseIpv4(parts[i]);
                if (ipv4.isEmpty()) {
                    return Optional.empty();
                }
                byte[] b = ipv4.get();
                out.add(((b[0] & 255) << 8) | (b[1] & 255));
                out.add(((b[2] & 255) << 8) | (b[3] & 255));
                continue;
            }
            int value = number(parts[i], 16, 4);
            if (value < 0) {
                return Optional.empty();
            }
            out.add(value);
        }
        return Optional.of(out);
    }

    private static int number(String digits, int radix, int maxLength) {
        if (digits.isEmpty() || digits.length() > maxLength) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = Ascii.hex(c);
            if (digit < 0 || digit >= radix) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
