package org.isthmus.component.sip.framing;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * A response made from the head of its request (RFC 3261 §8.2.6): Via, From, To, Call-ID and CSeq go back octet by octet,
 * with {@code received} and {@code rport} added to the first Via. Works for requests that no parser accepts.
 *
 * @param status 100-699
 * @param reason the reason phrase; line ends and controls are taken out
 * @param toTag given to To when it has none; empty: To stays as it is (100 only)
 * @param headers further header lines, without line ends
 */
public record Reply(int status, String reason, String toTag, List<String> headers) {

    public Reply {
        headers = List.copyOf(headers);
    }

    public static Reply of(int status, String reason, String toTag, String... headers) {
        return new Reply(status, reason, toTag, List.of(headers));
    }

    /**
     * The response as it goes on the wire.
     *
     * @param request an answerable head
     * @param source where the request came from
     */
    public byte[] octets(RawHead request, InetAddress source, int sourcePort) {
        StringBuilder out = new StringBuilder(512);
        out.append("SIP/2.0 ").append(status).append(' ');
        appendReason(out);
        out.append("\r\n");
        boolean first = true;
        for (RawHead.Field field : request.fields()) {
            switch (field.name()) {
                case "via" -> {
                    out.append("Via: ")
                            .append(first ? ViaFields.seenFrom(field.value(), source, sourcePort) : field.value())
                            .append("\r\n");
                    first = false;
                }
                case "from" -> out.append("From: ").append(field.value()).append("\r\n");
                case "to" -> {
                    out.append("To: ").append(field.value());
                    if (!toTag.isEmpty() && !hasTag(field.value())) {
                        out.append(";tag=").append(toTag);
                    }
                    out.append("\r\n");
                }
                case "call-id" -> out.append("Call-ID: ").append(field.value()).append("\r\n");
                case "cseq" -> out.append("CSeq: ").append(field.value()).append("\r\n");
                default -> {}
            }
        }
        for (String header : headers) {
            out.append(header).append("\r\n");
        }
        out.append("Content-Length: 0\r\n\r\n");
        return out.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The phrase is UTF-8 on the wire; the rest of the buffer is octets, so it is widened octet by octet. */
    private void appendReason(StringBuilder out) {
        for (byte octet : reason.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            out.append(c < ' ' || c == 0x7f ? ' ' : c);
        }
    }

    /** Whether a From or To value carries a tag parameter (RFC 3261 §20.20); names in quotes do not count. */
    static boolean hasTag(String value) {
        boolean quoted = false;
        boolean inUri = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                inUri = true;
            } else if (c == '>') {
                inUri = false;
            } else if (c == ';' && !inUri) {
                String rest = value.substring(i + 1).stripLeading();
                if (rest.regionMatches(true, 0, "tag", 0, 3)
                        && rest.substring(3).stripLeading().startsWith("=")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The port an answer over UDP goes to (RFC 3261 §18.2.2, RFC 3581 §4): the source's if asked for, else sent-by's. */
    public static OptionalInt udpPort(RawHead request, int sourcePort) {
        return request.first("via")
                .map(via -> ViaFields.asksForSourcePort(via) ? OptionalInt.of(sourcePort) : ViaFields.sentByPort(via))
                .orElse(OptionalInt.empty());
    }
}
