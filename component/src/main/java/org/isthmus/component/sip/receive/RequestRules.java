package org.isthmus.component.sip.receive;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.Reply;
import org.isthmus.component.sip.framing.TagStamp;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.record.RequestToRecord;
import org.isthmus.component.sip.wire.Arrival;

/**
 * What a partner's request must be before anything is kept of it, in the order of RFC 3261 §8.2. The answer depends on the
 * request alone, so a retransmission gets the same without state (§8.2.7).
 */
final class RequestRules {

    static final String ALLOW = "Allow: MESSAGE, OPTIONS";

    /** One rule: a reply when the request breaks it. */
    private interface Rule {
        Optional<Reply> check(Arrival arrival, SIPRequest request, RawHead head);
    }

    private final PartnerView partners;
    private final LoopMark loops;
    private final TagStamp stamp;
    private final Set<String> acceptedTypes;
    private final Set<String> events;
    private final String accept;
    private final List<Rule> options;
    private final List<Rule> message;

    RequestRules(PartnerView partners, LoopMark loops, TagStamp stamp, Set<String> acceptedTypes, Set<String> events) {
        this.partners = partners;
        this.loops = loops;
        this.stamp = stamp;
        this.acceptedTypes = acceptedTypes;
        this.events = events;
        this.accept = "Accept: " + String.join(", ", new TreeSet<>(acceptedTypes));
        this.options = List.of(this::version, this::event, this::method, this::scheme, this::required);
        this.message = List.of(
                this::maxForwards, this::loop, this::dialog, this::sender, this::contentType, this::contentEncoding);
    }

    /** The refusal of a request that breaks a rule; empty: OPTIONS to be answered, or a MESSAGE to be delivered. */
    Optional<Reply> refusal(Arrival arrival) {
        Optional<Reply> refusal = first(options, arrival);
        return refusal.isPresent() || !arrival.request().getMethod().equals("MESSAGE")
                ? refusal
                : first(message, arrival);
    }

    /** The answer to OPTIONS (RFC 3261 §11.2). */
    Reply capabilities(Arrival arrival) {
        return reply(arrival.head(), 200, "OK", ALLOW, accept, "Accept-Encoding: identity", "Supported:");
    }

    private static Optional<Reply> first(List<Rule> rules, Arrival arrival) {
        for (Rule rule : rules) {
            Optional<Reply> refusal = rule.check(arrival, arrival.request(), arrival.head());
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Reply reply(RawHead head, int status, String reason, String... headers) {
        return Reply.of(status, reason, stamp.of(head), headers);
    }

    private Optional<Reply> refuse(RawHead head, int status, String reason, String... headers) {
        return Optional.of(reply(head, status, reason, headers));
    }

    private Optional<Reply> version(Arrival arrival, SIPRequest request, RawHead head) {
        // JAIN-SIP writes 2.0 whatever it reads
        return head.startLine().stripTrailing().toUpperCase(Locale.ROOT).endsWith(" SIP/2.0")
                ? Optional.empty()
                : refuse(head, 505, "Version Not Supported");
    }

    /** An event package that nobody here knows (RFC 6665 §4.2.1.1); known ones are a matter of the method. */
    private Optional<Reply> event(Arrival arrival, SIPRequest request, RawHead head) {
        boolean eventual = Set.of("SUBSCRIBE", "NOTIFY", "PUBLISH").contains(request.getMethod());
        if (!eventual) {
            return Optional.empty();
        }
        String wanted = head.first("event").orElse("");
        int semicolon = wanted.indexOf(';');
        String type = (semicolon < 0 ? wanted : wanted.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        return events.contains(type)
                ? Optional.empty()
                : refuse(head, 489, "Bad Event", "Allow-Events: " + String.join(", ", new TreeSet<>(events)));
    }

    private Optional<Reply> method(Arrival arrival, SIPRequest request, RawHead head) {
        return switch (request.getMethod()) {
            case "MESSAGE", "OPTIONS" -> Optional.empty();
            case "CANCEL" -> refuse(head, 481, "Call/Transaction Does Not Exist");
            default -> refuse(head, 405, "Method Not Allowed", ALLOW);
        };
    }

    /** sips is refused rather than weakened (RFC 7247 §8, RFC 5630 §5.1). */
    private Optional<Reply> scheme(Arrival arrival, SIPRequest request, RawHead head) {
        return switch (request.getRequestURI().getScheme().toLowerCase(Locale.ROOT)) {
            case "sip", "im", "pres" -> Optional.empty();
            case "sips" ->
                refuse(
                        head,
                        480,
                        "Temporarily Unavailable",
                        "Warning: 380 " + warningAgent(request) + " \"SIPS Not Allowed\"");
            default -> refuse(head, 416, "Unsupported URI Scheme");
        };
    }

    private static String warningAgent(SIPRequest request) {
        return request.getRequestURI() instanceof SipURI uri ? uri.getHost() : "isthmus";
    }

    private Optional<Reply> maxForwards(Arrival arrival, SIPRequest request, RawHead head) {
        return request.getMaxForwards() != null && request.getMaxForwards().getMaxForwards() <= 0
                ? refuse(head, 483, "Too Many Hops")
                : Optional.empty();
    }

    private Optional<Reply> loop(Arrival arrival, SIPRequest request, RawHead head) {
        return loops.isOwn(request) ? refuse(head, 482, "Loop Detected") : Optional.empty();
    }

    private Optional<Reply> required(Arrival arrival, SIPRequest request, RawHead head) {
        List<String> options = head.fields().stream()
                .filter(field -> field.name().equals("require"))
                .map(RawHead.Field::value)
                .filter(value -> !value.isEmpty())
                .toList();
        return options.isEmpty()
                ? Optional.empty()
                : refuse(head, 420, "Bad Extension", "Unsupported: " + String.join(", ", options));
    }

    private Optional<Reply> dialog(Arrival arrival, SIPRequest request, RawHead head) {
        return request.getToTag() == null ? Optional.empty() : refuse(head, 481, "Call/Transaction Does Not Exist");
    }

    /** Whom the partner may speak for. A request that names an XMPP user as its sender is refused whoever sends it. */
    private Optional<Reply> sender(Arrival arrival, SIPRequest request, RawHead head) {
        URI from = request.getFrom().getAddress().getURI();
        if (!(from instanceof SipURI uri)) {
            return refuse(head, 403, "Forbidden");
        }
        String domain = uri.getHost().toLowerCase(Locale.ROOT);
        return partners.isXmppDomain(domain) || !partners.mayClaim(arrival.partner(), domain)
                ? refuse(head, 403, "Forbidden")
                : Optional.empty();
    }

    private Optional<Reply> contentType(Arrival arrival, SIPRequest request, RawHead head) {
        Optional<String> type = RequestToRecord.text(head, "content-type");
        if (type.isEmpty()) {
            return Optional.empty(); // COMPAT(various): a body without Content-Type is read as plain text
        }
        int semicolon = type.get().indexOf(';');
        String bare = (semicolon < 0 ? type.get() : type.get().substring(0, semicolon))
                .replace(" ", "")
                .strip()
                .toLowerCase(Locale.ROOT);
        return acceptedTypes.contains(bare) ? Optional.empty() : refuse(head, 415, "Unsupported Media Type", accept);
    }

    private Optional<Reply> contentEncoding(Arrival arrival, SIPRequest request, RawHead head) {
        String encoding = head.first("content-encoding").orElse("identity");
        return encoding.equalsIgnoreCase("identity") || encoding.isEmpty()
                ? Optional.empty()
                : refuse(head, 415, "Unsupported Media Type", accept, "Accept-Encoding: identity");
    }
}
