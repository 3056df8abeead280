package org.isthmus.translation.sdp;

import java.util.Objects;
import java.util.Optional;

/**
 * One line: {@code type=value} (RFC 8866 §5).
 *
 * @param type the letter before the equals sign
 * @param value everything after it, white space included
 */
public record SdpLine(char type, String value) {

    public SdpLine {
        Objects.requireNonNull(value, "value");
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(type + "=: value with a line break or NUL (expected: one line)");
        }
    }

    /** An attribute without value. */
    public static SdpLine attribute(String name) {
        return new SdpLine('a', name);
    }

    /** An attribute with a value. */
    public static SdpLine attribute(String name, String value) {
        return new SdpLine('a', name + ":" + value);
    }

    /** Whether this is an attribute of that name; names are case-sensitive (RFC 8866 §5.13). */
    public boolean isAttribute(String name) {
        return type == 'a'
                && value.startsWith(name)
                && (value.length() == name.length() || value.charAt(name.length()) == ':');
    }

    /** The attribute's name, up to the colon. */
    public String attributeName() {
        int colon = value.indexOf(':');
        return colon < 0 ? value : value.substring(0, colon);
    }

    /** The attribute's value, after the first colon; empty when it has none. */
    public Optional<String> attributeValue() {
        int colon = value.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(value.substring(colon + 1));
    }

    @Override
    public String toString() {
        return type + "=" + value;
    }
}
