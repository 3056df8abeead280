package org.isthmus.mappings;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.MalformedSpelling;
import org.isthmus.mappings.spelling.SipUserEscaping;

/**
 * A SIP, SIPS, IM or PRES URI (RFC 3261 §19.1, RFC 3860 §3, RFC 3859 §3), immutable.
 *
 * <p>{@code user} is the decoded user part: percent escapes are undone once and read as UTF-8, so two spellings of one
 * user are equal here. {@link #toString()} writes the canonical spelling: everything outside the user grammar escaped
 * with upper-case digits. A password and the URI headers are never kept (RFC 7247 §6.4 drops them, and a password may not reach
 * a log).
 *
 * @param scheme one of {@code sip sips im pres}, lower case
 * @param user the decoded user part; empty for a host-only URI
 * @param host lower-case host name in A-labels, IPv4 address or bracketed IPv6 reference
 * @param port 1-65535, or -1 when absent
 * @param params URI parameters in their order, names lower case, values decoded; a flag has the value ""
 */
public record SipUri(String scheme, Optional<String> user, String host, int port, Map<String, String> params) {

    /** RFC 3986 §3.1, but for the four schemes that are read here. */
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?i)(?!(?:sips?|im|pres)$)[a-z][a-z0-9+.-]{0,31}");

    private static final String TOKEN_PUNCTUATION = "-.!%*_+`'~[]/:&$()";

    /**
     * A URI of its parts.
     *
     * @param host in any case, as A-labels or U-labels
     * @throws IllegalArgumentException when a part is impossible
     */
    public SipUri {
        Objects.requireNonNull(user, "user");
        switch (scheme) {
            case "sip", "sips", "im", "pres" -> {}
            default ->
                throw new IllegalArgumentException("scheme: \"" + scheme + "\" (expected: sip, sips, im or pres)");
        }
        if (user.isPresent() && user.get().isEmpty()) {
            throw new IllegalArgumentException("user: \"\" (expected: absent or not empty)");
        }
        host = HostName.toAscii(host);
        if (port != -1 && (port < 1 || port > 65_535)) {
            throw new IllegalArgumentException("port: " + port + " (expected: -1 or 1-65535)");
        }
        params = params.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** The URI {@code sip:user@host} with nothing else; {@code user} is given decoded. */
    public static SipUri of(String user, String host) {
        return new SipUri("sip", Optional.of(user), host, -1, Map.of());
    }

    /** The URI {@code sip:host}. */
    public static SipUri ofHost(String host) {
        return new SipUri("sip", Optional.empty(), host, -1, Map.of());
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
        boolean telephony = switch (scheme) {
            case "sip", "sips" -> true;
            case "im", "pres" -> false;
            default -> throw new SipUriSyntaxException(0, "expected the scheme sip, sips, im or pres");
        };
        int at = text.indexOf('@', colon);
        Optional<String> user =
                at < 0 ? Optional.empty() : Optional.of(readUser(text.substring(colon + 1, at), colon + 1, telephony));
        int hostStart = at < 0 ? colon + 1 : at + 1;
        int end = indexOrEnd(text, '?', hostStart);
        int paramsStart = Math.min(indexOrEnd(text, ';', hostStart), end);
        int portStart = hostStart < text.length() && text.charAt(hostStart) == '['
                ? text.indexOf(':', indexOrEnd(text, ']', hostStart))
                : text.indexOf(':', hostStart);
        boolean hasPort = portStart >= 0 && portStart < paramsStart;
        String host = text.substring(hostStart, hasPort ? portStart : paramsStart);
        int port = hasPort ? readPort(text.substring(portStart + 1, paramsStart), portStart + 1) : -1;
        Map<String, String> params =
                paramsStart < end ? readParams(text.substring(paramsStart + 1, end), paramsStart + 1) : Map.of();
        try {
            return new SipUri(scheme, user, HostName.toAscii(host), port, params);
        } catch (MalformedSpelling bad) {
            throw new SipUriSyntaxException(hostStart + bad.offset(), bad.expectation());
        }
    }

    /**
     * Reads a bare URI from someone who may have written anything: {@link AddressRefusal#UNSUPPORTED_SCHEME} for a URI of another
     * kind (RFC 7247 §6.4 step 1), {@link AddressRefusal#MALFORMED} for everything else.
     */
    public static Mapped<SipUri> read(String text) {
        try {
            return Mapped.ok(parse(text));
        } catch (SipUriSyntaxException bad) {
            int colon = text.indexOf(':');
            return colon > 0 && OTHER_SCHEME.matcher(text.substring(0, colon)).matches()
                    ? Mapped.refused(
                            AddressRefusal.UNSUPPORTED_SCHEME,
                            "scheme \"" + text.substring(0, colon) + "\" (expected: sip, sips, im or pres)")
                    : Mapped.refused(AddressRefusal.MALFORMED, "not a SIP URI: " + bad.getMessage());
        }
    }

    /** The address of record: scheme {@code sip}, user and host only. */
    public SipUri aor() {
        return new SipUri("sip", user, host, -1, Map.of());
    }

    /** The instance a public GRUU names (RFC 5627 §5.1): the value of {@code gr}, if it has one; sip and sips only. */
    public Optional<String> gr() {
        return scheme.startsWith("sip")
                ? Optional.ofNullable(params.get("gr")).filter(value -> !value.isEmpty())
                : Optional.empty();
    }

    /** This URI with one parameter added or replaced; the value is given decoded. */
    public SipUri withParam(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(params);
        changed.put(name, value);
        return new SipUri(scheme, user, host, port, changed);
    }

    /** The same user as an {@code im} or {@code pres} URI (RFC 3922 §4.1.1, §5.1.1), or back; parameters stay behind. */
    public SipUri withScheme(String other) {
        return new SipUri(other, user, host, -1, other.startsWith("sip") ? params : Map.of());
    }

    /** The canonical spelling, fit for the wire. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(scheme).append(':');
        SipUserEscaping escaping = scheme.startsWith("sip") ? SipUserEscaping.SIP_USER : SipUserEscaping.IM_USER;
        user.ifPresent(name -> out.append(escaping.encode(name)).append('@'));
        out.append(host);
        if (port > 0) {
            out.append(':').append(port);
        }
        params.forEach((name, value) -> {
            out.append(';').append(name);
            if (!value.isEmpty()) {
                out.append('=').append(SipUserEscaping.PARAMETER.encode(value));
            }
        });
        return out.toString();
    }

    private static String readUser(String raw, int offset, boolean telephony) {
        int password = raw.indexOf(':');
        if (password >= 0 && !telephony) {
            throw new SipUriSyntaxException(offset + password, "a character that must be escaped here");
        }
        String name = password < 0 ? raw : raw.substring(0, password);
        if (name.isEmpty()) {
            throw new SipUriSyntaxException(offset, "expected a user before @");
        }
        return decode(telephony ? SipUserEscaping.SIP_USER : SipUserEscaping.IM_USER, name, offset);
    }

    private static Map<String, String> readParams(String text, int offset) {
        Map<String, String> params = new LinkedHashMap<>();
        int at = offset;
        for (String param : text.split(";", -1)) {
            // COMPAT(any): an empty parameter, as in "sip:host;;lr" or "sip:host;"
            if (!param.isEmpty()) {
                int equals = param.indexOf('=');
                String name = readToken(equals < 0 ? param : param.substring(0, equals), at);
                String value = equals < 0
                        ? ""
                        : decode(SipUserEscaping.PARAMETER, param.substring(equals + 1), at + equals + 1);
                if (params.putIfAbsent(name, value) != null) {
                    throw new SipUriSyntaxException(at, "expected each parameter once (RFC 3261 §19.1.1)");
                }
            }
            at += param.length() + 1;
        }
        return params;
    }

    private static String readToken(String name, int offset) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean token = c < 0x80 && (Character.isLetterOrDigit(c) || TOKEN_PUNCTUATION.indexOf(c) >= 0);
            if (!token) {
                throw new SipUriSyntaxException(offset + i, "expected the name of a parameter");
            }
        }
        if (name.isEmpty()) {
            throw new SipUriSyntaxException(offset, "expected the name of a parameter");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static int readPort(String digits, int offset) {
        int port = 0;
        for (int i = 0; i < digits.length() && port >= 0; i++) {
            char c = digits.charAt(i);
            port = c >= '0' && c <= '9' && port < 65_536 ? port * 10 + c - '0' : -1;
        }
        if (port < 1 || port > 65_535) {
            throw new SipUriSyntaxException(offset, "expected a port (1-65535)");
        }
        return port;
    }

    private static String decode(SipUserEscaping escaping, String raw, int offset) {
        try {
            return escaping.decode(raw);
        } catch (MalformedSpelling bad) {
            throw new SipUriSyntaxException(offset + bad.offset(), bad.expectation());
        }
    }

    private static int indexOrEnd(String text, char c, int from) {
        int at = text.indexOf(c, from);
        return at < 0 ? text.length() : at;
    }
}
