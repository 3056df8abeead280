package org.isthmus.msrp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.FailureReport;
import org.isthmus.msrp.frame.MsrpBadFrame;
import org.isthmus.msrp.frame.MsrpHead;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpPart;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpSyntaxException;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.frame.ReportStatus;
import org.jspecify.annotations.Nullable;

/**
 * Reads a start line and header section that lie together in an array (RFC 4975 §9).
 *
 * <p>One parser serves one connection and one thread: it remembers the paths, Message-ID and media type of the frame
 * before, because a file in 2 KiB chunks repeats them a hundred thousand times.
 */
final class HeadParser {

    private static final byte[] PROTOCOL = "MSRP ".getBytes(StandardCharsets.US_ASCII);
    /** Longest transaction id that is still framed, so that it can be answered with 400; the grammar ends at 32. */
    static final int LONGEST_FRAMED_ID = 64;

    private final PathCache paths;
    private final Set<KnownField> seen = EnumSet.noneOf(KnownField.class);
    private String lastMessageId = "";
    private String lastContentType = "";

    HeadParser(MsrpLimits limits) {
        this.paths = new PathCache(limits.maxPathUris());
    }

    /** How many of the octets, from the first on, agree with the beginning of every start line. */
    static boolean mayStart(byte[] octets, int from, int to) {
        int length = Math.min(to - from, PROTOCOL.length);
        return Arrays.equals(octets, from, from + length, PROTOCOL, 0, length);
    }

    /**
     * The length of the transaction id in a start line.
     *
     * @param to index of the CR that ends the line
     * @throws MsrpSyntaxException when there is none: then the end of the frame cannot be found
     */
    static int transactionIdLength(byte[] octets, int from, int to) {
        if (!mayStart(octets, from, to) || to - from <= PROTOCOL.length) {
            throw new MsrpSyntaxException(0, "expected MSRP and a transaction id");
        }
        int start = transactionIdStart(from);
        int end = start;
        while (end < to && octets[end] != ' ') {
            if (!isIdentOctet(octets[end])) {
                throw new MsrpSyntaxException(end - from, "expected a transaction id");
            }
            end++;
        }
        int length = end - start;
        if (length == 0 || length > LONGEST_FRAMED_ID || end == to) {
            throw new MsrpSyntaxException(start - from, "expected a transaction id of 4-32 octets and a space");
        }
        return length;
    }

    static int transactionIdStart(int from) {
        return from + PROTOCOL.length;
    }

    /**
     * Reads a head.
     *
     * @param from index of the first octet of the start line, which {@link #transactionIdLength} has accepted
     * @param idLength of the transaction id
     * @param lineEnds for each line its CR, counted from {@code from}
     * @param lines how many there are, the start line included
     * @param body whether a blank line followed
     * @return a head, or a bad frame that is not fatal
     */
    MsrpPart parse(byte[] octets, int from, int idLength, int[] lineEnds, int lines, boolean body) {
        seen.clear();
        Draft draft = new Draft(octets, from);
        draft.startLine(idLength, from + lineEnds[0]);
        for (int i = 1; i < lines; i++) {
            draft.field(from + lineEnds[i - 1] + 2, from + lineEnds[i]);
        }
        return draft.finish(body);
    }

    private static boolean isIdentOctet(byte c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '+'
                || c == '%'
                || c == '=';
    }

    /** A head in the making. The first problem is kept, the reading goes on: the answer needs the paths. */
    private final class Draft {

        private final byte[] octets;
        private final int from;
        private final MsrpHeaders.Builder headers = MsrpHeaders.builder();
        private String transactionId = "";
        private String method = "";
        private int status = -1;
        private String comment = "";
        private @Nullable List<MsrpUri> toPath;
        private @Nullable List<MsrpUri> fromPath;
        private @Nullable MsrpSyntaxException problem;

        Draft(byte[] octets, int from) {
            this.octets = octets;
            this.from = from;
        }

        void problem(int position, String expectation) {
            problem(new MsrpSyntaxException(position - from, expectation));
        }

        private void problem(MsrpSyntaxException found) {
            if (problem == null) {
                problem = found;
            }
        }

        void startLine(int idLength, int end) {
            int idStart = transactionIdStart(from);
            int idEnd = idStart + idLength;
            transactionId = ascii(idStart, idEnd);
            if (!MsrpHeaders.isIdent(transactionId)) {
                problem(idStart, "expected a transaction id of 4-32 octets, the first a letter or digit");
            }
            int word = idEnd + 1;
            int wordEnd = word;
            while (wordEnd < end && octets[wordEnd] != ' ') {
                wordEnd++;
            }
            if (isStatus(word, wordEnd)) {
                status = Integer.parseInt(ascii(word, wordEnd));
                comment = wordEnd < end ? text(wordEnd + 1, end) : "";
                return;
            }
            // COMPAT(python3-msrplib 0.21): the grammar has upper-case letters only; FILE_OFFSET is a method too.
            method = ascii(word, wordEnd);
            if (word == wordEnd || wordEnd != end || !isVisible(word, wordEnd)) {
                problem(word, "expected a method or a status code");
            }
        }

        void field(int start, int end) {
            int colon = start;
            while (colon < end && isTokenOctet(octets[colon])) {
                colon++;
            }
            if (colon == start || colon == end || octets[colon] != ':') {
                problem(colon, "expected a header field");
                return;
            }
            int value = colon + 1;
            // COMPAT(any, 2026-11): one space belongs here; none or several are read alike, and so are trailing ones.
            while (value < end && isBlank(octets[value])) {
                value++;
            }
            int valueEnd = end;
            while (valueEnd > value && isBlank(octets[valueEnd - 1])) {
                valueEnd--;
            }
            if (!isText(value, valueEnd)) {
                problem(value, "expected no control characters in a header field");
                return;
            }
            try {
                known(KnownField.of(octets, start, colon), start, colon, value, valueEnd);
            } catch (MsrpSyntaxException bad) {
                problem(bad.at(value - from, ""));
            }
        }

        private void known(KnownField field, int start, int colon, int value, int end) {
            if (field != KnownField.OTHER && !seen.add(field)) {
                throw new MsrpSyntaxException(0, "expected " + ascii(start, colon) + " only once");
            }
            // COMPAT(RFC 7573 example 5): the paths are taken in either order, and anywhere in the section.
            switch (field) {
                case TO_PATH -> toPath = paths.path(octets, value, end);
                case FROM_PATH -> fromPath = paths.path(octets, value, end);
                case MESSAGE_ID -> {
                    lastMessageId = reuse(lastMessageId, value, end);
                    headers.receivedMessageId(lastMessageId);
                }
                case SUCCESS_REPORT -> headers.successReport(successReport(value, end));
                case FAILURE_REPORT -> headers.failureReport(failureReport(value, end));
                case BYTE_RANGE -> headers.byteRange(ByteRange.parse(octets, value, end));
                case STATUS -> headers.status(ReportStatus.parse(text(value, end)));
                case CONTENT_TYPE -> {
                    lastContentType = reuse(lastContentType, value, end);
                    headers.contentType(lastContentType);
                }
                case OTHER -> headers.add(ascii(start, colon), text(value, end));
            }
        }

        private boolean successReport(int value, int end) {
            String text = ascii(value, end);
            if (text.equalsIgnoreCase("yes")) {
                return true;
            }
            if (text.equalsIgnoreCase("no")) {
                return false;
            }
            throw new MsrpSyntaxException(0, "Success-Report: expected yes or no");
        }

        private FailureReport failureReport(int value, int end) {
            String text = ascii(value, end);
            for (FailureReport report : FailureReport.values()) {
                if (report.text().equalsIgnoreCase(text)) {
                    return report;
                }
            }
            throw new MsrpSyntaxException(0, "Failure-Report: expected yes, partial or no");
        }

        MsrpPart finish(boolean body) {
            List<MsrpUri> to = toPath == null ? List.of() : toPath;
            List<MsrpUri> back = fromPath == null ? List.of() : fromPath;
            MsrpHeaders fields = headers.build();
            MsrpHead head = status >= 0
                    ? new MsrpResponse(transactionId, status, comment, to, back, fields)
                    : new MsrpRequest(transactionId, method, to, back, fields, body);
            return problem == null ? head : new MsrpBadFrame(head, problem, false);
        }

        private boolean isStatus(int start, int end) {
            return end - start == 3
                    && isDigit(octets[start])
                    && isDigit(octets[start + 1])
                    && isDigit(octets[start + 2]);
        }

        private boolean isText(int start, int end) {
            for (int i = start; i < end; i++) {
                byte c = octets[i];
                if ((c >= 0 && c < ' ' && c != '\t') || c == 0x7f) {
                    return false;
                }
            }
            return true;
        }

        private boolean isVisible(int start, int end) {
            for (int i = start; i < end; i++) {
                if (octets[i] <= ' ' || octets[i] == 0x7f) {
                    return false;
                }
            }
            return true;
        }

        private String reuse(String last, int start, int end) {
            int length = end - start;
            if (last.length() == length) {
                int i = 0;
                while (i < length && last.charAt(i) == octets[start + i]) {
                    i++;
                }
                if (i == length) {
                    return last;
                }
            }
            return text(start, end);
        }

        private String ascii(int start, int end) {
            return new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
        }

        private String text(int start, int end) {
            return new String(octets, start, end - start, StandardCharsets.UTF_8);
        }
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isTokenOctet(byte c) {
        return c > ' ' && c < 0x7f && c != ':' && "\"(),/;<=>?@[\\]".indexOf(c) < 0;
    }
}
