package org.isthmus.translation.cpim;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads Message/CPIM (RFC 3862 §2). Strict about what could be misread, lenient where agents in use err: line feeds without
 * carriage returns, no empty line before the MIME headers, the outer Content-Type repeated inside, spaces around values.
 */
public final class CpimReader {

    private final byte[] octets;
    private final CpimLimits limits;
    private final List<CpimHeader> headers = new ArrayList<>();
    private final Map<String, String> prefixes = new LinkedHashMap<>();
    private final List<CpimName> required = new ArrayList<>();
    private final Map<String, String> mime = new LinkedHashMap<>();
    private String defaultNamespace = CpimName.BASE;
    private int at;
    private int lineStart;

    private CpimReader(byte[] octets, CpimLimits limits) {
        this.octets = octets;
        this.limits = limits;
    }

    /**
     * The head of a message and where its content begins.
     *
     * @param head the head
     * @param contentOffset octets of the head, the empty line after it included
     */
    public record Parsed(CpimHead head, int contentOffset) {}

    /**
     * Reads a whole message.
     *
     * @throws CpimSyntaxException when it is not one
     */
    public static CpimMessage read(byte[] message, CpimLimits limits) throws CpimSyntaxException {
        Parsed parsed = readHead(message, limits)
                .orElseThrow(() -> new CpimSyntaxException(message.length, "expected an empty line after the headers"));
        return new CpimMessage(parsed.head(), Arrays.copyOfRange(message, parsed.contentOffset(), message.length));
    }

    /**
     * Reads the head from the beginning of a message, whose content may be a file that is not there yet.
     *
     * @return empty when the head does not end within these octets; to be tried again with more of them
     * @throws CpimSyntaxException when more octets cannot make it one
     */
    public static Optional<Parsed> readHead(byte[] beginning, CpimLimits limits) throws CpimSyntaxException {
        CpimReader reader = new CpimReader(beginning, limits);
        if (!reader.readHeaders() || !reader.readMimeHeaders()) {
            return Optional.empty();
        }
        CpimHead head = new CpimHead(reader.headers, reader.prefixes, reader.required, reader.mime);
        return Optional.of(new Parsed(head, reader.at));
    }

    /** The headers about the message, to the empty line; false when it is not there. */
    private boolean readHeaders() throws CpimSyntaxException {
        while (true) {
            int mark = at;
            Optional<String> line = nextLine();
            if (line.isEmpty()) {
                return false;
            }
            if (line.get().isEmpty()) {
                if (headers.isEmpty()) {
                    continue; // COMPAT(several agents): empty lines at the beginning
                }
                return true;
            }
            if (isMimeHeader(line.get())) {
                // COMPAT(RFC 4975, 5438, 5547 and 7702 examples and agents that copy them): no empty line here.
                // COMPAT(several agents): the Content-Type of the envelope repeated inside it.
                if (headers.isEmpty() && line.get().toLowerCase(Locale.ROOT).contains("message/cpim")) {
                    continue;
                }
                at = mark;
                return true;
            }
            readHeader(line.get());
        }
    }

    private void readHeader(String line) throws CpimSyntaxException {
        int colon = line.indexOf(':');
        if (colon < 1 || line.charAt(0) == ' ' || line.charAt(0) == '\t') {
            throw malformed("expected a header name and a colon");
        }
        String written = line.substring(0, colon).stripTrailing();
        CpimParams params = CpimParams.parse(line, colon + 1);
        CpimHeader header = new CpimHeader(
                resolve(written), params.values(), line.substring(params.end()).strip());
        count();
        headers.add(header);
        if (header.name().equals(CpimName.NS)) {
            declare(header.raw());
        } else if (header.name().equals(CpimName.REQUIRE)) {
            for (String name : header.raw().split(",", -1)) {
                if (!name.isBlank()) {
                    required.add(resolve(name.strip()));
                }
            }
        }
    }

    /** RFC 3862 §4.6: {@code NS: [prefix] <URI>}; without a prefix it is the namespace of the names that have none. */
    private void declare(String value) throws CpimSyntaxException {
        int open = value.indexOf('<');
        int close = value.indexOf('>', Math.max(open, 0));
        if (open < 0 || close < 0) {
            throw malformed("expected NS: prefix <URI>");
        }
        String prefix = value.substring(0, open).strip();
        String namespace = value.substring(open + 1, close).strip();
        if (prefix.isEmpty()) {
            defaultNamespace = namespace;
        }
        prefixes.put(prefix, namespace);
    }

    private CpimName resolve(String written) {
        int dot = written.indexOf('.');
        if (dot < 0) {
            // NS and Require are what makes names readable at all, so a default namespace does not hide them.
            boolean structural = written.equals("NS") || written.equals("Require");
            return new CpimName(structural ? CpimName.BASE : defaultNamespace, written);
        }
        String prefix = written.substring(0, dot);
        String namespace = prefixes.get(prefix);
        if (namespace == null && prefix.equals("imdn")) {
            namespace = CpimName.IMDN; // COMPAT(agents without NS): the prefix that all of RFC 5438 uses
        }
        return namespace == null ? new CpimName("", written) : new CpimName(namespace, written.substring(dot + 1));
    }

    /** The MIME headers, to the empty line; false when it is not there. */
    private boolean readMimeHeaders() throws CpimSyntaxException {
        String last = "";
        while (true) {
            Optional<String> line = nextLine();
            if (line.isEmpty()) {
                return false;
            }
            String text = line.get();
            if (text.isEmpty()) {
                return true;
            }
            if (text.charAt(0) == ' ' || text.charAt(0) == '\t') {
                if (last.isEmpty()) {
                    throw malformed("expected a MIME header before its continuation");
                }
                mime.merge(last, text.strip(), (head, more) -> head + " " + more);
                continue;
            }
            int colon = text.indexOf(':');
            if (colon < 1 || text.substring(0, colon).strip().indexOf(' ') >= 0) {
                throw malformed("expected a MIME header");
            }
            count();
            last = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            mime.putIfAbsent(last, text.substring(colon + 1).strip());
        }
    }

    private static boolean isMimeHeader(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return lower.startsWith("content-") || lower.startsWith("mime-version");
    }

    /** The next line without its end; empty when it does not end within the octets. */
    private Optional<String> nextLine() throws CpimSyntaxException {
        lineStart = at;
        requireWithin();
        for (int i = at; i < octets.length; i++) {
            if (i - lineStart > limits.maxLineOctets()) {
                throw new CpimSyntaxException(i, "expected lines of at most " + limits.maxLineOctets() + " octets");
            }
            if (octets[i] == '\n') {
                // COMPAT(sipsimple 5.5 and others): line feed only.
                int end = i > lineStart && octets[i - 1] == '\r' ? i - 1 : i;
                at = i + 1;
                return Optional.of(decode(lineStart, end));
            }
        }
        return Optional.empty();
    }

    private String decode(int start, int end) throws CpimSyntaxException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets, start, end - start))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw malformed("expected UTF-8");
        }
    }

    private void count() throws CpimSyntaxException {
        if (headers.size() + mime.size() >= limits.maxHeaders()) {
            throw malformed("expected at most " + limits.maxHeaders() + " headers");
        }
    }

    private void requireWithin() throws CpimSyntaxException {
        if (at > limits.maxHeadOctets()) {
            throw new CpimSyntaxException(at, "expected at most " + limits.maxHeadOctets() + " octets of headers");
        }
    }

    private CpimSyntaxException malformed(String expectation) {
        return new CpimSyntaxException(lineStart, expectation);
    }
}
