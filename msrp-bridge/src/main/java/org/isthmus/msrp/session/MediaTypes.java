package org.isthmus.msrp.session;

import java.util.List;
import java.util.Locale;

/**
 * A list as in {@code a=accept-types} (RFC 4975 §8.6): types, {@code type/*} or {@code *}. Parameters do not count.
 *
 * @param patterns lower case, without parameters
 */
public record MediaTypes(List<String> patterns) {

    /** Everything. */
    public static final MediaTypes ANY = of("*");

    public MediaTypes {
        patterns = patterns.stream().map(MediaTypes::bare).toList();
    }

    public static MediaTypes of(String... patterns) {
        return new MediaTypes(List.of(patterns));
    }

    /** Whether a message of that type, given with or without parameters, is in the list. */
    public boolean accepts(String contentType) {
        String type = bare(contentType);
        int slash = type.indexOf('/');
        String family = slash < 0 ? type : type.substring(0, slash) + "/*";
        return patterns.contains("*") || patterns.contains(type) || patterns.contains(family);
    }

    private static String bare(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).trim().toLowerCase(Locale.ROOT);
    }
}
