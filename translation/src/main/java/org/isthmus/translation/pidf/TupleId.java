package org.isthmus.translation.pidf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.translation.text.Ascii;

/**
 * A resource as a tuple id: {@code ID-} before it (RFC 8048 §6.2), and what an XML name cannot hold as {@code _xHH_}. Two
 * resources never share an id, and the id gives the resource back.
 */
public final class TupleId {

    private static final String PREFIX = "ID-";
    private static final Pattern ESCAPE = Pattern.compile("_x([0-9a-f]{1,6})_");

    private TupleId() {}

    /** The id of a resource. */
    public static String of(String resource) {
        StringBuilder id = new StringBuilder(PREFIX);
        for (int i = 0; i < resource.length(); ) {
            int c = resource.codePointAt(i);
            i += Character.charCount(c);
            boolean mark = c == '_' && i < resource.length() && resource.charAt(i) == 'x';
            if (Ascii.isAlphanumeric(c) || c == '-' || c == '.' || (c == '_' && !mark)) {
                id.appendCodePoint(c);
            } else {
                id.append("_x").append(Integer.toHexString(c)).append('_');
            }
        }
        return id.toString();
    }

    /** The resource of an id that was made from one; empty for any other id. */
    public static Optional<String> resource(String id) {
        if (!id.startsWith(PREFIX) || id.length() == PREFIX.length()) {
            return Optional.empty();
        }
        StringBuilder resource = new StringBuilder();
        Matcher escapes = ESCAPE.matcher(id);
        int at = PREFIX.length();
        while (escapes.find(at)) {
            int c = Integer.parseInt(escapes.group(1), 16);
            resource.append(id, at, escapes.start());
            if (Character.isValidCodePoint(c)) {
                resource.appendCodePoint(c);
            } else {
                resource.append(escapes.group());
            }
            at = escapes.end();
        }
        return Optional.of(resource.append(id.substring(at)).toString());
    }
}
