package org.isthmus.mappings;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A SIP, SIPS, IM or PRES URI (RFC 3261 §19.1, RFC 3860 §3, RFC 3859 §3), immutable.
 *
 * <p>{@code user} is the decoded user part: percent escapes are undone once and read as UTF-8, so two spellings of one
 * user are equal here. {@link #toString()} writes the canonical spelling: everything outside the user grammar escaped
 * with upper-case digits. A password is never kept (RFC 7247 §6.4 drops it, and it may not reach a log).
 *
 * @param scheme one of {@code sip sips im pres}, lower case
 * @param user the decoded user part; empty for a host-only URI
 * @param host lower-case host name, IPv4 address or bracketed IPv6 reference
 * @param port 1-65535, or -1 when absent
 * @param params URI parameters in their order, names lower case, values decoded; a flag has the value ""
 */
public record SipUri(String scheme, Optional<String> user, String host, int port, Map<String, String> params) {

    /** RFC 3261 §25.1 {@code user} characters that are not alphanumeric: {@code mark} and {@code user-unreserved}. */
    private static final String USER_PUNCTUATION = "-_.!~*'()&=+$,;?/";

    private static final String PARAM_PUNCTUATION = "-_.!~*'()[]/:&+$";

    public SipUri {
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(host, "host");
        if (port != -1 && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port: " + port + " (expected: -1 or 1-65535)");
        }
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The URI {@code sip:user@host} with nothing else; {@code user} is given decoded. */
    public static SipUri of(String user, String host) {
        return new SipUri("sip", Optional.of(user), host.toLowerCase(Locale.ROOT), -1, Map.of());
    }

    /**
     * Reads a bare URI, without display name or angle brackets.
     *
     * @throws SipUriSyntaxException when it is not one, with the offset of the offending character
     */
    public static SipUri parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new SipUriSyntaxException(0, "expected a scheme (sip, sips, im or pres)");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "sip", "sips", "im", "pres" -> {}
            default ->
                throw new SipUriSyntaxException(0, "scheme \"" + scheme + "\" (expected: sip, sips, im or pres)");
        }
        int at = text.indexOf('@', colon);
        Optional<String> user = Optional.empty();
        int hostStart = colon + 1;
        if (at >= 0) {
            String raw = text.substring(colon + 1, at);
            int password = raw.indexOf(':');
            user = Optional.of(decode(password < 0 ? raw : raw.substring(0, password), colon + 1));
            hostStart = at + 1;
        }
        int headers = text.indexOf('?', hostStart);
        String rest = headers < 0 ? text.substring(hostStart) : text.substring(hostStart, headers);
        int semicolon = rest.indexOf(';');
        String hostPort = semicolon < 0 ? rest : rest.substring(0, semicolon);
        Map<String, String> params = new LinkedHashMap<>();
        if (semicolon >= 0) {
            for (String param : rest.substring(semicolon + 1).split(";", -1)) {
                if (!param.isEmpty()) {
                    int equals = param.indexOf('=');
                    String name = equals < 0 ? param : param.substring(0, equals);
                    String value = equals < 0 ? "" : decode(param.substring(equals + 1), hostStart + semicolon);
                    params.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
                }
            }
        }
        int portColon = hostPort.startsWith("[") ? hostPort.indexOf(':', hostPort.indexOf(']')) : hostPort.indexOf(':');
        String host = portColon < 0 ? hostPort : hostPort.substring(0, portColon);
        if (host.isEmpty()) {
            throw new SipUriSyntaxException(hostStart, "expected a host");
        }
        int port = portColon < 0 ? -1 : readPort(hostPort.substring(portColon + 1), hostStart + portColon + 1);
        return new SipUri(scheme, user, host.toLowerCase(Locale.ROOT), port, params);
    }

    /** The address of record: scheme {@code sip}, user and host only. Identity, presence and pairs are keyed by it. */
    public SipUri aor() {
        return new SipUri("sip", user, host, -1, Map.of());
    }

    /** The instance a public GRUU names (RFC 5627 §5.1): the value of {@code gr}, if it has one. */
    public Optional<String> gr() {
        return Optional.ofNullable(params.get("gr")).filter(value -> !value.isEmpty());
    }

    /** This URI with one parameter added or replaced; the value is given decoded. */
    public SipUri withParam(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(params);
        changed.put(name, value);
        return new SipUri(scheme, user, host, port, changed);
    }

    /** The canonical spelling, fit for the wire. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(scheme).append(':');
        user.ifPresent(name -> {
            encode(name, USER_PUNCTUATION, out);
            out.append('@');
        });
        out.append(host);
        if (port > 0) {
            out.append(':').append(port);
        }
        params.forEach((name, value) -> {
            out.append(';').append(name);
            if (!value.isEmpty()) {
                out.append('=');
                encode(value, PARAM_PUNCTUATION, out);
            }
        });
        return out.toString();
    }

    private static int readPort(String digits, int offset) {
        try {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the range
        }
        throw new SipUriSyntaxException(offset, "port \"" + digits + "\" (expected: 1-65535)");
    }

    private static String decode(String text, int offset) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 4);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new SipUriSyntaxException(offset + i, "expected two hexadecimal digits after %");
            }
            bytes.put((byte) (high << 4 | low));
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.flip())
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new SipUriSyntaxException(offset, "percent escapes are not UTF-8");
        }
    }

    private static void encode(String text, String punctuation, StringBuilder out) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || punctuation.indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                int end = out.length();
                out.replace(end - 2, end, out.substring(end - 2).toUpperCase(Locale.ROOT));
            }
        }
    }
}
