package org.isthmus.translation.mime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A media type and its parameters (RFC 2045 §5.1, RFC 3261 §20.15).
 *
 * @param type lower case, for example {@code text}
 * @param subtype lower case, for example {@code plain}
 * @param params names lower case, values unquoted, in their order
 */
public record MediaType(String type, String subtype, Map<String, String> params) {

    public MediaType {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(subtype, "subtype");
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /**
     * Reads a Content-Type value. Parameters that cannot be read are left out: the type alone decides who reads a body.
     *
     * @return empty when there is no {@code type/subtype} at the beginning
     */
    public static Optional<MediaType> parse(String value) {
        int slash = value.indexOf('/');
        int end = value.indexOf(';');
        String subtype = value.substring(slash + 1, end < 0 ? value.length() : Math.max(end, slash + 1));
        String type = slash < 0 ? "" : value.substring(0, slash);
        if (!isToken(type.strip()) || !isToken(subtype.strip()) || (end >= 0 && end < slash)) {
            return Optional.empty();
        }
        Map<String, String> params = end < 0 ? Map.of() : MediaTypeParams.parse(value, end);
        return Optional.of(new MediaType(lower(type), lower(subtype), params));
    }

    /** {@code type/subtype} without parameters. */
    public String essence() {
        return type + "/" + subtype;
    }

    /** Whether this is that type, whatever the parameters. */
    public boolean is(String essence) {
        return essence().equals(essence);
    }

    /** A parameter's value. */
    public Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name));
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    /** RFC 2045 §5.1 {@code token}. */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7F && "()<>@,;:\\\"/[]?=".indexOf(c) < 0);
    }
}
