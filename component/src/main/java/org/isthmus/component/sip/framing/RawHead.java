package org.isthmus.component.sip.framing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a SIP message as fields, before any grammar: enough to frame it, to count its headers and to answer it, even
 * when a parser would refuse it. Octets are kept one to one (ISO 8859-1), so that what is copied into an answer is copied
 * exactly (RFC 3261 §8.2.6.2).
 *
 * @param startLine the request or status line
 * @param fields the header fields in order, folding undone
 * @param defect the first thing that is wrong with the lines themselves; empty: nothing
 */
public record RawHead(String startLine, List<Field> fields, Optional<String> defect) {

    /**
     * One header field.
     *
     * @param name long form, lower case
     * @param value as written, outer blanks removed
     */
    public record Field(String name, String value) {}

    /** RFC 3261 §7.3.3 and the IANA registry of compact forms. */
    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("a", "accept-contact"),
            Map.entry("b", "referred-by"),
            Map.entry("c", "content-type"),
            Map.entry("d", "request-disposition"),
            Map.entry("e", "content-encoding"),
            Map.entry("f", "from"),
            Map.entry("i", "call-id"),
            Map.entry("j", "reject-contact"),
            Map.entry("k", "supported"),
            Map.entry("l", "content-length"),
            Map.entry("m", "contact"),
            Map.entry("n", "identity-info"),
            Map.entry("o", "event"),
            Map.entry("r", "refer-to"),
            Map.entry("s", "subject"),
            Map.entry("t", "to"),
            Map.entry("u", "allow-events"),
            Map.entry("v", "via"),
            Map.entry("x", "session-expires"),
            Map.entry("y", "identity"));

    /** Fields that stand once (RFC 3261 §7.3.1); two of them name two senders, or two lengths, for one message. */
    private static final Set<String> SINGLE = Set.of(
            "from",
            "to",
            "call-id",
            "cseq",
            "max-forwards",
            "content-length",
            "content-type",
            "subject",
            "event",
            "expires",
            "date",
            "subscription-state",
            "sip-etag",
            "sip-if-match");

    /**
     * Reads the lines of a head.
     *
     * @param octets start line, headers and the empty line, at most; nothing is read after an empty line
     */
    public static RawHead of(byte[] octets, int length) {
        String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        List<Field> fields = new ArrayList<>(16);
        String startLine = null;
        String defect = null;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf("\r\n", at);
            if (end < 0) {
                end = text.length();
            }
            String line = text.substring(at, end);
            at = end + 2;
            if (startLine == null) {
                if (line.isEmpty()) {
                    continue;
                }
                startLine = line;
            } else if (line.isEmpty()) {
                break;
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                if (fields.isEmpty()) {
                    defect = defect == null ? "continuation line before any header" : defect;
                } else {
                    Field folded = fields.remove(fields.size() - 1);
                    fields.add(new Field(folded.name(), (folded.value() + ' ' + line.strip()).strip()));
                }
            } else {
                int colon = line.indexOf(':');
                if (colon <= 0) {
                    defect = defect == null ? "header line without a name" : defect;
                } else {
                    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                    fields.add(new Field(
                            COMPACT.getOrDefault(name, name),
                            line.substring(colon + 1).strip()));
                }
            }
            if (defect == null && hasLoneLineEnd(line)) {
                // A lone CR or LF is a line end to one implementation and text to the next: headers would hide in it.
                defect = "lone CR or LF in a header line";
            }
        }
        if (defect == null) {
            defect = doubled(fields);
        }
        return new RawHead(startLine == null ? "" : startLine, fields, Optional.ofNullable(defect));
    }

    private static boolean hasLoneLineEnd(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }

    private static @org.jspecify.annotations.Nullable String doubled(List<Field> fields) {
        for (int i = 1; i < fields.size(); i++) {
            String name = fields.get(i).name();
            if (SINGLE.contains(name)) {
                for (int j = 0; j < i; j++) {
                    if (fields.get(j).name().equals(name)) {
                        return "header " + name + " given twice";
                    }
                }
            }
        }
        return null;
    }

    /** The first value of a header; name in its long form, lower case. */
    public Optional<String> first(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** Whether this is a response. */
    public boolean isResponse() {
        return startLine.startsWith("SIP/");
    }

    /** The method of a request; empty for responses and for a line without one. */
    public Optional<String> method() {
        int space = startLine.indexOf(' ');
        return isResponse() || space <= 0 ? Optional.empty() : Optional.of(startLine.substring(0, space));
    }

    /** Whether the fields that an answer must repeat are there (RFC 3261 §8.2.6.2). */
    public boolean isAnswerable() {
        return !isResponse()
                && !startLine.startsWith("ACK ")
                && startLine.contains("SIP/")
                && first("via").isPresent()
                && first("from").isPresent()
                && first("to").isPresent()
                && first("call-id").isPresent()
                && first("cseq").isPresent();
    }
}
