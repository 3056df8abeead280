package org.isthmus.mappings;

import java.util.Locale;
import org.isthmus.mappings.spelling.MalformedSpelling;
import org.isthmus.mappings.spelling.SipUserEscaping;

/**
 * The address in a From, To or Contact header: {@code "Display" <uri>;params} or the bare form (RFC 3261 §20, §20.10, §25.1).
 *
 * @param displayName unquoted, "" when absent
 * @param uri the URI; {@code gr} of the header's own parameters is taken over when the URI has none
 */
public record NameAddr(String displayName, SipUri uri) {

    /**
     * Reads the value of an address header.
     *
     * <p>COMPAT(RFC 8048 and 7573 as printed): the examples write {@code <sip:user@host>;gr=x} although {@code gr} belongs inside
     * the brackets (RFC 5627 §7). Such a parameter is read, never written.
     *
     * @throws SipUriSyntaxException when it is not one, with the offset of the offending character
     */
    public static NameAddr parse(String header) {
        int start = skipSpace(header, 0);
        StringBuilder display = new StringBuilder();
        int open = start;
        if (start < header.length() && header.charAt(start) == '"') {
            open = skipSpace(header, readQuoted(header, start, display));
            if (open >= header.length() || header.charAt(open) != '<') {
                throw new SipUriSyntaxException(open, "expected < after the display name");
            }
        } else {
            open = header.indexOf('<', start);
            display.append(open < 0 ? "" : header.substring(start, open).trim());
        }
        if (open < 0) {
            return new NameAddr("", bare(header, start));
        }
        int close = header.indexOf('>', open);
        if (close < 0) {
            throw new SipUriSyntaxException(header.length(), "expected >");
        }
        SipUri uri = parseAt(header, open + 1, close);
        return new NameAddr(display.toString(), withHeaderGr(uri, header, close + 1));
    }

    /** Without brackets everything after the first semicolon belongs to the header (RFC 3261 §20). */
    private static SipUri bare(String header, int start) {
        int at = header.indexOf('@', start);
        int semicolon = header.indexOf(';', Math.max(at, start));
        int end = semicolon < 0 ? header.length() : semicolon;
        while (end > start && isSpace(header.charAt(end - 1))) {
            end--;
        }
        SipUri uri = parseAt(header, start, end);
        return semicolon < 0 ? uri : withHeaderGr(uri, header, semicolon);
    }

    private static SipUri withHeaderGr(SipUri uri, String header, int from) {
        if (uri.params().containsKey("gr")) {
            return uri;
        }
        int at = from;
        for (String param : header.substring(from).split(";", -1)) {
            String trimmed = param.trim();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("gr=")) {
                try {
                    return uri.withParam("gr", SipUserEscaping.PARAMETER.decode(trimmed.substring(3)));
                } catch (MalformedSpelling bad) {
                    throw new SipUriSyntaxException(at + param.indexOf('=') + 1 + bad.offset(), bad.expectation());
                }
            }
            at += param.length() + 1;
        }
        return uri;
    }

    private static SipUri parseAt(String header, int from, int to) {
        try {
            return SipUri.parse(header.substring(from, to));
        } catch (SipUriSyntaxException bad) {
            throw bad.movedBy(from);
        }
    }

    /** Reads a quoted-string and returns the index after its closing quote. */
    private static int readQuoted(String header, int quote, StringBuilder out) {
        for (int i = quote + 1; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c == '\\' && i + 1 < header.length()) {
                i++;
            }
            out.append(header.charAt(i));
        }
        throw new SipUriSyntaxException(quote, "expected a closing quote");
    }

    private static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
