package org.isthmus.component.sip.framing;

import java.net.InetAddress;
import java.util.OptionalInt;

/** The first element of a Via value, as text (RFC 3261 §20.42, RFC 3581). */
public final class ViaFields {

    private ViaFields() {}

    /**
     * The value with {@code received} and, where asked for, {@code rport} of the true source. What the sender wrote into
     * {@code received} himself is not believed.
     */
    static String seenFrom(String value, InetAddress source, int sourcePort) {
        int end = elementEnd(value);
        StringBuilder out = new StringBuilder(value.length() + 48);
        boolean asked = false;
        int at = 0;
        while (at < end) {
            int semicolon = nextSemicolon(value, at, end);
            String part = value.substring(at, semicolon).strip();
            String name = at == 0 ? "" : parameterName(part);
            if (name.equals("rport")) {
                asked = true;
            } else if (!name.equals("received")) {
                out.append(at == 0 ? "" : ";").append(part);
            }
            at = semicolon + 1;
        }
        out.append(";received=").append(address(source));
        if (asked) {
            out.append(";rport=").append(sourcePort);
        }
        return out.append(value, end, value.length()).toString();
    }

    static boolean asksForSourcePort(String value) {
        int end = elementEnd(value);
        int at = nextSemicolon(value, 0, end) + 1;
        while (at < end) {
            int semicolon = nextSemicolon(value, at, end);
            if (parameterName(value.substring(at, semicolon)).equals("rport")) {
                return true;
            }
            at = semicolon + 1;
        }
        return false;
    }

    /** The port in sent-by, 5060 when there is none; empty when sent-by cannot be read. */
    public static OptionalInt sentByPort(String value) {
        String sentBy = sentBy(value);
        int bracket = sentBy.lastIndexOf(']');
        int colon = sentBy.indexOf(':', Math.max(bracket, 0));
        if (colon < 0) {
            return OptionalInt.of(5060);
        }
        try {
            int port = Integer.parseInt(sentBy.substring(colon + 1).strip());
            return port > 0 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty();
        } catch (NumberFormatException notAPort) {
            return OptionalInt.empty();
        }
    }

    /** Host and port of the first element, as written; empty when there is none. */
    static String sentBy(String value) {
        int end = nextSemicolon(value, 0, elementEnd(value));
        String head = value.substring(0, end).strip();
        int blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'));
        return blank < 0 ? "" : head.substring(blank + 1);
    }

    /** An address as Via and logs write it: no brackets, no zone (RFC 3261 §25.1 {@code via-received}). */
    public static String address(InetAddress source) {
        String text = source.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static String parameterName(String part) {
        int equals = part.indexOf('=');
        return (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    private static int elementEnd(String value) {
        return next(value, ',', 0, value.length());
    }

    private static int nextSemicolon(String value, int from, int end) {
        return next(value, ';', from, end);
    }

    private static int next(String value, char wanted, int from, int end) {
        boolean quoted = false;
        for (int i = from; i < end; i++) {
            char c = value.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == wanted && !quoted) {
                return i;
            }
        }
        return end;
    }
}
