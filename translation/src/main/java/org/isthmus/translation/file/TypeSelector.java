package org.isthmus.translation.file;

import org.isthmus.translation.mime.MediaType;

/**
 * The {@code type} selector and a Content-Type value: both are a media type with parameters, but the selector escapes with
 * percent signs what the header escapes with backslashes (RFC 5547 §6 {@code ft-parameter}).
 */
final class TypeSelector {

    private TypeSelector() {}

    static String toContentType(String selector, int offset) throws FileSyntaxException {
        int semicolon = selector.indexOf(';');
        if (semicolon < 0) {
            return selector;
        }
        StringBuilder out = new StringBuilder(selector.substring(0, semicolon));
        int at = semicolon;
        while (at < selector.length()) {
            int equals = selector.indexOf('=', at);
            int open = equals + 1;
            if (equals < 0 || open >= selector.length() || selector.charAt(open) != '"') {
                return selector; // COMPAT(agents that write a Content-Type here): values without quotes
            }
            int close = selector.indexOf('"', open + 1);
            if (close < 0) {
                throw new FileSyntaxException(offset + open, "expected the end of the quotes");
            }
            String value = PercentText.decode(selector.substring(open + 1, close), offset + open + 1);
            out.append(selector, at, equals + 1)
                    .append('"')
                    .append(escape(value))
                    .append('"');
            at = close + 1;
        }
        return out.toString();
    }

    static String fromContentType(String contentType) {
        return MediaType.parse(contentType)
                .map(type -> {
                    StringBuilder out = new StringBuilder(type.essence());
                    type.params()
                            .forEach((name, value) -> out.append(';')
                                    .append(name)
                                    .append("=\"")
                                    .append(PercentText.encode(value))
                                    .append('"'));
                    return out.toString();
                })
                .orElse("application/octet-stream");
    }

    private static String escape(String value) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c < 0x20 || c == 0x7F ? ' ' : c);
        }
        return out.toString();
    }
}
