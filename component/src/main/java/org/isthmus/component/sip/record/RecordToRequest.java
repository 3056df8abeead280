package org.isthmus.component.sip.record;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.SipMessage;

/**
 * A MESSAGE to be sent, as JAIN-SIP's request (RFC 3428 §4): no Contact, Max-Forwards 70, a fresh branch.
 */
public final class RecordToRequest {

    private static final DateTimeFormatter SIP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private RecordToRequest() {}

    /**
     * Where a request leaves from, for its Via.
     *
     * @param transport what carries it
     * @param host sent-by host; IPv6 in brackets
     * @param port sent-by port
     */
    public record SentBy(SipTransport transport, String host, int port) {}

    /** The request of a message that is sent for the first time. */
    public static SIPRequest message(SipMessage message, SentBy sentBy, LoopMark random, String agent) {
        return message(message, RequestIdentity.of(message, random), Optional.empty(), sentBy, random, agent);
    }

    /**
     * Writes the request.
     *
     * @param authorization a whole header line that answers a challenge
     * @param random makes the branch
     * @param agent the User-Agent header
     * @throws IllegalArgumentException when JAIN-SIP cannot read what was written: an address without sense
     */
    public static SIPRequest message(
            SipMessage message,
            RequestIdentity identity,
            Optional<String> authorization,
            SentBy sentBy,
            LoopMark random,
            String agent) {
        String tag = identity.fromTag();
        String callId = identity.callId();
        String requestUri = message.requestUri().toString();
        StringBuilder head = new StringBuilder(512);
        head.append("MESSAGE ").append(requestUri).append(" SIP/2.0\r\n");
        head.append("Via: SIP/2.0/")
                .append(sentBy.transport().name())
                .append(' ')
                .append(sentBy.host())
                .append(':')
                .append(sentBy.port())
                .append(";branch=")
                .append(random.branch(requestUri, tag, callId, identity.cseq()));
        if (sentBy.transport() == SipTransport.UDP) {
            head.append(";rport");
        }
        head.append("\r\nMax-Forwards: 70\r\n");
        head.append("From: ");
        message.fromDisplayName()
                .map(RecordToRequest::clean)
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> head.append('"')
                        .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append("\" "));
        angled(head, message.from()).append(";tag=").append(tag).append("\r\n");
        angled(head.append("To: "), message.to()).append("\r\n");
        head.append("Call-ID: ").append(callId).append("\r\n");
        head.append("CSeq: ").append(identity.cseq()).append(" MESSAGE\r\n");
        authorization.ifPresent(line -> head.append(line).append("\r\n"));
        message.subject()
                .map(RecordToRequest::clean)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> head.append("Subject: ").append(text).append("\r\n"));
        message.contentLanguage()
                .map(RecordToRequest::clean)
                .filter(text -> !text.isEmpty())
                .ifPresent(
                        text -> head.append("Content-Language: ").append(text).append("\r\n"));
        message.date()
                .ifPresent(date -> head.append("Date: ")
                        .append(SIP_DATE.format(date.atZone(ZoneOffset.UTC)))
                        .append("\r\n"));
        message.expires()
                .ifPresent(expires ->
                        head.append("Expires: ").append(expires.toSeconds()).append("\r\n"));
        head.append("User-Agent: ").append(clean(agent)).append("\r\n");
        head.append("Content-Type: ")
                .append(clean(message.body().contentType()))
                .append("\r\n");
        head.append("Content-Length: ").append(message.body().length()).append("\r\n\r\n");
        return parse(head.toString(), message.body().octets());
    }

    /** The request as text, for people to read. */
    public static String text(SipMessage message, SentBy sentBy, LoopMark random, String agent) {
        return message(message, sentBy, random, agent).toString();
    }

    private static SIPRequest parse(String head, byte[] body) {
        try {
            SIPRequest request = (SIPRequest) new StringMsgParser()
                    .parseSIPMessage(
                            head.getBytes(StandardCharsets.UTF_8), false, false, (failure, of, header, text, whole) -> {
                                throw failure;
                            });
            if (body.length > 0) {
                request.setMessageContent(body);
            }
            return request;
        } catch (ParseException unreadable) {
            throw new IllegalArgumentException("an address of the message cannot be written as SIP", unreadable);
        }
    }

    private static StringBuilder angled(StringBuilder out, SipUri uri) {
        return out.append('<').append(uri).append('>');
    }

    /** Text for one header line: line ends and controls would start another (RFC 3261 §7.3.1). */
    private static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> out.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c));
        return out.toString().strip();
    }
}
