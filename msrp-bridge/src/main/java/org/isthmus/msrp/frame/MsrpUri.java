package org.isthmus.msrp.frame;

import io.netty.util.NetUtil;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An MSRP or MSRPS URI (RFC 4975 §6, §9), immutable.
 *
 * <p>{@link #toString()} gives back the text it was read from, octet for octet, because peers compare the URIs of an
 * answer with those they sent. {@link #equals} compares by the rules of RFC 4975 §6.1: scheme, host and transport
 * without regard to case, addresses by value, port exactly, session-id with regard to case; user and further
 * parameters do not count.
 *
 * <p>The session-id is the only credential of a session (RFC 4975 §14.1): log {@link #redacted()}, never the URI.
 */
public final class MsrpUri {

    private static final String HOST_PUNCTUATION = "-._~%!$&'()*+,=";

    private final String text;
    private final boolean secure;
    private final String host;
    private final String hostKey;
    private final int port;
    private final @Nullable String sessionId;
    private final String transport;

    private MsrpUri(String text, boolean secure, String host, int port, @Nullable String sessionId, String transport) {
        this.text = text;
        this.secure = secure;
        this.host = host;
        this.hostKey = hostKey(host);
        this.port = port;
        this.sessionId = sessionId;
        this.transport = transport;
    }

    /**
     * A URI of our own.
     *
     * @param host name, IPv4 address, or IPv6 address with or without brackets
     * @param port 1-65535
     * @param sessionId empty for the device itself, else characters of the {@code session-id} grammar
     */
    public static MsrpUri of(boolean secure, String host, int port, String sessionId) {
        String authority = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        String path = sessionId.isEmpty() ? "" : "/" + sessionId;
        return parse((secure ? "msrps://" : "msrp://") + authority + ":" + port + path + ";tcp");
    }

    /**
     * Reads one URI.
     *
     * @throws MsrpSyntaxException when it is not one
     */
    public static MsrpUri parse(String text) {
        int authorityStart;
        boolean secure;
        if (text.regionMatches(true, 0, "msrps://", 0, 8)) {
            secure = true;
            authorityStart = 8;
        } else if (text.regionMatches(true, 0, "msrp://", 0, 7)) {
            secure = false;
            authorityStart = 7;
        } else {
            throw new MsrpSyntaxException(0, "expected msrp:// or msrps://");
        }
        int semicolon = text.indexOf(';', authorityStart);
        if (semicolon < 0) {
            throw new MsrpSyntaxException(text.length(), "expected ;transport");
        }
        int slash = text.indexOf('/', authorityStart);
        boolean hasSession = slash >= 0 && slash < semicolon;
        int authorityEnd = hasSession ? slash : semicolon;

        int hostStart = authorityStart;
        int at = text.indexOf('@', authorityStart);
        if (at >= 0 && at < authorityEnd) {
            int colon = text.indexOf(':', authorityStart);
            if (colon >= 0 && colon < at) {
                throw new MsrpSyntaxException(colon, "expected no password in the user part");
            }
            requireVisible(text, authorityStart, at, "user part");
            hostStart = at + 1;
        }
        int hostEnd = hostEnd(text, hostStart, authorityEnd);
        int port = -1;
        if (hostEnd < authorityEnd) {
            port = readPort(text, hostEnd + 1, authorityEnd);
        }
        String host = text.substring(hostStart, hostEnd);
        if (port < 0 && isAddress(host)) {
            throw new MsrpSyntaxException(hostEnd, "expected a port after a numeric address");
        }
        String sessionId = null;
        if (hasSession) {
            requireSessionId(text, slash + 1, semicolon);
            sessionId = text.substring(slash + 1, semicolon);
        }
        int transportEnd = text.indexOf(';', semicolon + 1);
        if (transportEnd < 0) {
            transportEnd = text.length();
        }
        for (int i = semicolon + 1; i < transportEnd; i++) {
            if (!isAlphanumeric(text.charAt(i))) {
                throw new MsrpSyntaxException(i, "expected a transport of letters and digits");
            }
        }
        if (transportEnd == semicolon + 1) {
            throw new MsrpSyntaxException(semicolon + 1, "expected a transport");
        }
        requireVisible(text, transportEnd, text.length(), "parameter");
        String transport = text.substring(semicolon + 1, transportEnd).toLowerCase(Locale.ROOT);
        return new MsrpUri(text, secure, host, port, sessionId, transport);
    }

    /** Whether the scheme is {@code msrps}: TLS is required (RFC 4975 §6). */
    public boolean secure() {
        return secure;
    }

    /** Host name or address as written; IPv6 in brackets. */
    public String host() {
        return host;
    }

    /** 1-65535, or -1 when absent, which is legal only for a relay that is yet to be looked up (RFC 4976 §8). */
    public int port() {
        return port;
    }

    /** The secret that names the session; empty for a URI of a device. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** Lower case; {@code tcp}, or {@code ws} beyond a WebSocket relay (RFC 7977). */
    public String transport() {
        return transport;
    }

    /** The URI without its session-id: fit for logs. */
    public String redacted() {
        return (secure ? "msrps://" : "msrp://") + host + (port < 0 ? "" : ":" + port) + (sessionId == null ? "" : "/…")
                + ";" + transport;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MsrpUri that
                && secure == that.secure
                && port == that.port
                && hostKey.equals(that.hostKey)
                && Objects.equals(sessionId, that.sessionId)
                && transport.equals(that.transport);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secure, port, hostKey, sessionId, transport);
    }

    /** The text it was read from. Carries the session-id: for the wire, not for a log. */
    @Override
    public String toString() {
        return text;
    }

    private static int hostEnd(String text, int from, int to) {
        if (from < to && text.charAt(from) == '[') {
            int close = text.indexOf(']', from);
            if (close < 0
                    || close >= to
                    || !NetUtil.isValidIpV6Address(text.substring(from + 1, close))
                    || (close + 1 < to && text.charAt(close + 1) != ':')) {
                throw new MsrpSyntaxException(from, "expected [IPv6 address]");
            }
            return close + 1;
        }
        int i = from;
        while (i < to && text.charAt(i) != ':') {
            char c = text.charAt(i);
            if (!isAlphanumeric(c) && HOST_PUNCTUATION.indexOf(c) < 0) {
                throw new MsrpSyntaxException(i, "expected a host name");
            }
            i++;
        }
        if (i == from) {
            throw new MsrpSyntaxException(from, "expected a host");
        }
        return i;
    }

    private static int readPort(String text, int from, int to) {
        int port = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || port > 65_535) {
                throw new MsrpSyntaxException(i, "expected a port, 1-65535");
            }
            port = port * 10 + digit;
        }
        if (port < 1 || port > 65_535) {
            throw new MsrpSyntaxException(from, "expected a port, 1-65535");
        }
        return port;
    }

    /**
     * The grammar allows unreserved characters, "+", "=" and "/".
     *
     * <p>COMPAT(any, 2026-11): other visible characters are taken as they are; the session-id is opaque to us.
     */
    private static void requireSessionId(String text, int from, int to) {
        if (from == to) {
            throw new MsrpSyntaxException(from, "expected a session-id after /");
        }
        requireVisible(text, from, to, "session-id");
    }

    private static void requireVisible(String text, int from, int to, String what) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>') {
                throw new MsrpSyntaxException(i, "expected a visible ASCII character in the " + what);
            }
        }
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || NetUtil.isValidIpV4Address(host);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** What two equal hosts have in common: the octets of an address, else the lower-case name with needless %XX undone. */
    private static String hostKey(String host) {
        if (isAddress(host)) {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            byte[] octets = NetUtil.createByteArrayFromIpAddressString(bare);
            return octets == null ? host : HexFormat.of().formatHex(octets);
        }
        String name = host.indexOf('%') < 0 ? host : decodeUnreserved(host);
        return name.toLowerCase(Locale.ROOT);
    }

    private static String decodeUnreserved(String host) {
        StringBuilder out = new StringBuilder(host.length());
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%' && i + 2 < host.length()) {
                int high = Character.digit(host.charAt(i + 1), 16);
                int low = Character.digit(host.charAt(i + 2), 16);
                char decoded = (char) (high << 4 | low);
                if (high >= 0 && low >= 0 && (isAlphanumeric(decoded) || "-._~".indexOf(decoded) >= 0)) {
                    out.append(decoded);
                    i += 2;
                    continue;
                }
            }
            out.append(c);
        }
        return out.toString();
    }
}
