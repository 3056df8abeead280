package org.isthmus.mappings.spelling;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Host names in their two spellings: A-labels for SIP, U-labels for JIDs (RFC 5890 §2.3.2, RFC 7622 §3.2).
 *
 * <p>Both are lower case and without a final dot, so equal names are equal texts. A label beyond ASCII must be one that IDNA 2008
 * can register as far as this small check tells: letters, digits and marks that lower case, NFC and NFKC leave alone. What is
 * doubtful (joiners, symbols, full-width dots) is refused, never mapped to another name. IP literals keep their brackets; IPv6 is
 * written as RFC 5952 says.
 */
public final class HostName {

    /** DNS limit of a whole name in ASCII (RFC 1035 §2.3.4, without the root). */
    private static final int MAX_NAME = 253;

    private HostName() {}

    /**
     * The name as SIP writes it.
     *
     * @throws MalformedSpelling when it is not a host
     */
    public static String toAscii(String host) {
        return isPlain(host) ? host : convert(host, true);
    }

    /**
     * The name as XMPP writes it.
     *
     * @throws MalformedSpelling when it is not a host
     */
    public static String toUnicode(String host) {
        return isPlain(host) && !host.startsWith("xn--") && !host.contains(".xn--") ? host : convert(host, false);
    }

    /** The common case, decided without allocation: lower-case labels of letters, digits and inner hyphens. */
    private static boolean isPlain(String host) {
        int labelStart = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' || c == '-') {
                boolean hyphenBeforeDot = c == '.' && i > 0 && host.charAt(i - 1) == '-';
                if (i == labelStart || hyphenBeforeDot) {
                    return false;
                }
                if (c == '.') {
                    labelStart = i + 1;
                }
            } else if (!Ascii.isLowerOrDigit(c)) {
                return false;
            }
            if (i - labelStart >= 63) {
                return false;
            }
        }
        // an A-label must be decoded to know whether it is one
        return labelStart < host.length() && !host.endsWith("-") && host.length() <= MAX_NAME && !host.contains("xn--");
    }

    private static String convert(String host, boolean ascii) {
        if (host.startsWith("[")) {
            return ipv6(host);
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        StringBuilder asUnicode = new StringBuilder();
        StringBuilder asAscii = new StringBuilder();
        int offset = 0;
        for (String label : name.split("\\.", -1)) {
            if (offset > 0) {
                asUnicode.append('.');
                asAscii.append('.');
            }
            try {
                String unicode = label(label);
                String encoded = Ascii.isAscii(unicode) ? unicode : "xn--" + Punycode.encode(unicode);
                if (encoded.length() > 63) {
                    throw new MalformedSpelling(0, "expected a label of at most 63 octets");
                }
                asUnicode.append(unicode);
                asAscii.append(encoded);
            } catch (MalformedSpelling bad) {
                throw new MalformedSpelling(Math.min(offset, host.length()), bad.expectation());
            }
            offset += label.length() + 1;
        }
        if (asAscii.length() > MAX_NAME) {
            throw new MalformedSpelling(0, "expected a host of at most " + MAX_NAME + " octets");
        }
        return (ascii ? asAscii : asUnicode).toString();
    }

    private static String label(String label) {
        if (label.isEmpty()) {
            throw new MalformedSpelling(0, "expected a host");
        }
        if (!Ascii.isAscii(label)) {
            return checkUnicode(Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC));
        }
        String lower = label.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            // COMPAT(container networks, any): an underscore is no host name by RFC 1123, but people run on them
            boolean inner = c == '-' && i > 0 && i < lower.length() - 1;
            if (!Ascii.isLowerOrDigit(c) && c != '_' && !inner) {
                throw new MalformedSpelling(0, "expected a host of letters, digits, hyphens and dots");
            }
        }
        if (!lower.startsWith("xn--")) {
            return lower;
        }
        String unicode = Punycode.decode(lower.substring(4));
        if (Ascii.isAscii(unicode) || !("xn--" + Punycode.encode(unicode)).equals(lower)) {
            throw new MalformedSpelling(0, "expected an A-label (RFC 5890)");
        }
        if (!unicode.equals(Normalizer.normalize(unicode.toLowerCase(Locale.ROOT), Normalizer.Form.NFC))) {
            throw new MalformedSpelling(0, "expected an A-label of a normalised label (RFC 5891)");
        }
        return checkUnicode(unicode);
    }

    private static String checkUnicode(String label) {
        boolean stable = Normalizer.isNormalized(label, Normalizer.Form.NFKC);
        int first = label.codePointAt(0);
        boolean clean = label.codePoints()
                .allMatch(c ->
                        c < 0x80 ? Ascii.isLowerOrDigit(c) || c == '-' : Character.isLetterOrDigit(c) || isMark(c));
        // hyphens in both places belong to A-labels (RFC 5891 §4.2.3.1)
        boolean reserved = label.startsWith("--", 2);
        if (!stable || !clean || reserved || isMark(first) || label.startsWith("-") || label.endsWith("-")) {
            throw new MalformedSpelling(0, "expected a label of letters, digits and hyphens (IDNA 2008)");
        }
        return label;
    }

    private static boolean isMark(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static String ipv6(String host) {
        byte[] address = host.endsWith("]")
                ? IpLiteral.parse(host.substring(1, host.length() - 1)).orElse(new byte[0])
                : new byte[0];
        if (address.length != 16) {
            throw new MalformedSpelling(0, "expected an IPv6 address in brackets");
        }
        return "[" + IpLiteral.format(address) + "]";
    }
}
