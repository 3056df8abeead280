package org.isthmus.translation.cpim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.XmlCharacters;

/**
 * Writes Message/CPIM exactly as RFC 3862 §2 has it: CRLF, one space after the colon, both empty lines, a NS header before
 * the first use of each namespace.
 */
public final class CpimWriter {

    private static final Map<String, String> USUAL_PREFIXES = Map.of(CpimName.IMDN, "imdn");

    private final StringBuilder out = new StringBuilder();
    private final Map<String, String> prefixes = new LinkedHashMap<>();

    private CpimWriter() {}

    /** The whole message. */
    public static byte[] write(CpimMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(message.head()));
        out.writeBytes(message.content());
        return out.toByteArray();
    }

    /** Everything before the content, the empty line included: what goes before a file that is streamed. */
    public static byte[] head(CpimHead head) {
        CpimWriter writer = new CpimWriter();
        for (CpimHeader header : head.headers()) {
            CpimName name = header.name();
            if (!name.equals(CpimName.NS) && !name.equals(CpimName.REQUIRE)) {
                line(writer.out, writer.written(name), header);
            }
        }
        if (!head.required().isEmpty()) {
            String names = head.required().stream().map(writer::written).collect(Collectors.joining(","));
            writer.out.append("Require: ").append(names).append("\r\n");
        }
        writer.out.append("\r\n");
        head.mime()
                .forEach((name, value) -> writer.out
                        .append(usualCase(name))
                        .append(": ")
                        .append(HeaderText.clean(value))
                        .append("\r\n"));
        return writer.out.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The name with our prefix for its namespace, which is declared when it is new. */
    private String written(CpimName name) {
        if (name.namespace().equals(CpimName.BASE) || name.namespace().isEmpty()) {
            return name.name();
        }
        String prefix = prefixes.get(name.namespace());
        if (prefix == null) {
            prefix = USUAL_PREFIXES.getOrDefault(name.namespace(), "n" + prefixes.size());
            prefixes.put(name.namespace(), prefix);
            out.append("NS: ")
                    .append(prefix)
                    .append(" <")
                    .append(name.namespace())
                    .append(">\r\n");
        }
        return prefix + "." + name.name();
    }

    private static void line(StringBuilder out, String name, CpimHeader header) {
        out.append(name).append(':');
        header.params()
                .forEach((param, value) ->
                        out.append(';').append(param).append('=').append(paramValue(value)));
        out.append(' ').append(oneLine(header.raw())).append("\r\n");
    }

    private static String paramValue(String value) {
        boolean token = !value.isEmpty() && value.chars().allMatch(c -> c > 0x20 && c != ';' && c != '"' && c != 0x7F);
        return token ? value : "\"" + CpimEscapes.escape(value).replace("\"", "\\\"") + "\"";
    }

    /** A raw value of somebody else's making may hold controls; a header of its own it may not begin. */
    private static String oneLine(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        XmlCharacters.clean(raw).codePoints().forEach(c -> out.appendCodePoint(c < 0x20 || c == 0x7F ? ' ' : c));
        return out.toString().strip();
    }

    /** {@code content-type} as {@code Content-Type}. */
    private static String usualCase(String name) {
        StringBuilder out = new StringBuilder(name);
        boolean start = true;
        for (int i = 0; i < out.length(); i++) {
            out.setCharAt(i, start ? Character.toUpperCase(out.charAt(i)) : out.charAt(i));
            start = out.charAt(i) == '-';
        }
        return out.toString().replace("Mime-", "MIME-").replace("-Id", "-ID");
    }
}
