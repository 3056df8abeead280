package org.isthmus.translation.cpim;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.text.Ascii;

/**
 * The value of From, To and cc: {@code [Formal-name] "<" URI ">"} (RFC 3862 §4.1).
 *
 * @param name the formal name
 * @param uri the address, normally {@code im:} or {@code sip:}, not checked further
 */
public record CpimAddress(Optional<String> name, String uri) {

    public CpimAddress {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uri, "uri");
    }

    /** An address without a name. */
    public static CpimAddress of(String uri) {
        return new CpimAddress(Optional.empty(), uri);
    }

    /**
     * Reads a raw header value.
     *
     * @return empty when there is no address in it
     */
    public static Optional<CpimAddress> parse(String raw) {
        String value = raw.strip();
        int open = value.lastIndexOf('<');
        int close = value.indexOf('>', Math.max(open, 0));
        if (open < 0) {
            // COMPAT(several agents): a bare URI without angle brackets.
            return value.indexOf(':') > 0 && value.indexOf(' ') < 0
                    ? Optional.of(of(CpimEscapes.unescape(value)))
                    : Optional.empty();
        }
        if (close < 0 || close == open + 1) {
            return Optional.empty();
        }
        String formal = value.substring(0, open).strip();
        boolean quoted = formal.length() >= 2 && formal.startsWith("\"") && formal.endsWith("\"");
        String name = CpimEscapes.unescape(quoted ? formal.substring(1, formal.length() - 1) : formal);
        return Optional.of(new CpimAddress(
                name.isBlank() ? Optional.empty() : Optional.of(name),
                CpimEscapes.unescape(value.substring(open + 1, close))));
    }

    /** As a header with that name. */
    public CpimHeader header(CpimName header) {
        return new CpimHeader(header, Map.of(), raw());
    }

    /** The raw header value. */
    String raw() {
        String address = "<" + CpimEscapes.escape(uri.replace(">", "%3E")) + ">";
        return name.map(formal -> formalName(formal) + " " + address).orElse(address);
    }

    private static String formalName(String name) {
        boolean tokens = !name.isBlank()
                && name.equals(name.strip())
                && !name.contains("  ")
                && name.chars().allMatch(c -> c == ' ' || isTokenCharacter(c));
        return tokens ? name : "\"" + CpimEscapes.escape(name).replace("\"", "\\\"") + "\"";
    }

    /** RFC 3862 §3.6 {@code TOKENCHAR}. */
    private static boolean isTokenCharacter(int c) {
        return Ascii.isAlphanumeric(c) || c >= 0x80 || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
