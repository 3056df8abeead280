package org.isthmus.translation.sdp;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A list of media types that a side takes: {@code accept-types} or {@code accept-wrapped-types} (RFC 4975 §8.6).
 *
 * @param types as written, in order of preference; {@code *} for any
 */
public record AcceptTypes(List<String> types) {

    public AcceptTypes {
        types = List.copyOf(types);
    }

    public static AcceptTypes of(String... types) {
        return new AcceptTypes(List.of(types));
    }

    /** Reads an attribute's value. */
    static AcceptTypes parse(String value) {
        return new AcceptTypes(Arrays.stream(value.strip().split(" +", -1))
                .filter(type -> !type.isEmpty())
                .toList());
    }

    /** Whether a body of that Content-Type may be sent; parameters on either side do not matter. */
    public boolean accepts(String contentType) {
        String wanted = essence(contentType);
        String any = wanted.substring(0, wanted.indexOf('/') + 1) + "*";
        return types.stream()
                .map(AcceptTypes::essence)
                .anyMatch(type -> type.equals("*") || type.equals("*/*") || type.equals(wanted) || type.equals(any));
    }

    /** Whether nothing is taken. */
    public boolean isEmpty() {
        return types.isEmpty();
    }

    String wire() {
        return String.join(" ", types);
    }

    private static String essence(String type) {
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }
}
