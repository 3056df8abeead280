package org.isthmus.component.sip.receive;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.conversation.SipInbound;
import org.isthmus.component.conversation.SipTransaction;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipEndpointSettings;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.Reply;
import org.isthmus.component.sip.framing.TagStamp;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.record.RequestToRecord;
import org.isthmus.component.sip.wire.Arrival;
import org.isthmus.component.sip.wire.StackEntry;
import org.isthmus.component.sip.wire.WireHandler;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.translation.message.SipMessage;

/**
 * What comes in, on the thread that read it: rules, then the table of known requests, then {@link SipInbound}. Answers come
 * back on any thread and leave on {@code sip-out}.
 */
public final class Inbound implements WireHandler {

    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final SipInbound receiver;
    private final RequestRules rules;
    private final ReceivedRequests requests;
    private final LoopMark random;
    private final TagStamp stamp;
    private final EventLog log;
    private final MeterRegistry meters;
    private final SipTimers.Task sweep;
    private final Gauge known;
    private final Map<Refused, Counter> refused = new EnumMap<>(Refused.class); // read only once filled
    private final String tracePrefix;
    private final AtomicLong traces = new AtomicLong();

    public Inbound(
            SipInbound receiver,
            PartnerView partners,
            SipEndpointSettings settings,
            SipTimers timers,
            LoopMark random,
            TagStamp stamp,
            EventLog log,
            MeterRegistry meters) {
        this.receiver = receiver;
        this.rules = new RequestRules(partners, random, stamp, settings.acceptedTypes(), settings.events());
        this.requests = new ReceivedRequests(settings.limits(), timers);
        this.random = random;
        this.stamp = stamp;
        this.tracePrefix = "s" + random.hex(2) + "-";
        this.log = log;
        this.meters = meters;
        this.sweep = timers.every(SWEEP, SWEEP, () -> requests.sweep(this::overdue));
        this.known = Gauge.builder("isthmus.sip.requests.known", requests, ReceivedRequests::size)
                .description("requests kept for their retransmissions")
                .register(meters);
        for (Refused why : Refused.values()) {
            refused.put(why, meters.counter("isthmus.sip.refused", "why", key(why)));
        }
    }

    /** Stops the sweep; what is unanswered stays so. */
    public void stop() {
        sweep.cancel();
        meters.remove(known);
    }

    @Override
    public void onRequest(Arrival arrival, MessageChannel channel) {
        onRequest(arrival);
    }

    /** The same for a request that came by no channel of the stack. */
    public void onRequest(Arrival arrival) {
        try {
            String method = arrival.request().getMethod();
            if (method.equals("ACK")) {
                return; // of a refused INVITE: there is nothing to end
            }
            Optional<Reply> refusal = rules.refusal(arrival);
            if (refusal.isPresent()) {
                refuse(arrival, refusal.get());
            } else if (method.equals("OPTIONS")) {
                arrival.answer(rules.capabilities(arrival));
            } else {
                message(arrival);
            }
        } catch (RuntimeException | StackOverflowError defect) {
            // Whatever a message did to us, the thread goes on to the next one.
            log.defect("sip-request", defect);
            arrival.answer(Reply.of(500, "Server Internal Error", stamp.of(arrival.head())));
        }
    }

    /** Answers with a refusal, one log line for the first of its kind, one count. */
    private void refuse(Arrival arrival, Reply reply) {
        String status = String.valueOf(reply.status());
        meters.counter("isthmus.sip.refused", "why", status).increment();
        log.problem(
                "sip.refused",
                status + " " + arrival.partner(),
                "status",
                status,
                "partner",
                arrival.partner(),
                "source",
                arrival.source().getHostAddress(),
                "transport",
                arrival.transport(),
                "why",
                reply.reason());
        arrival.answer(reply);
    }

    private void message(Arrival arrival) {
        SipMessage message;
        try {
            message = RequestToRecord.message(arrival.request(), arrival.head(), arrival.body());
        } catch (SipUriSyntaxException unreadable) {
            refuse(arrival, Reply.of(400, "Bad Request - address cannot be read", stamp.of(arrival.head())));
            return;
        }
        ReceivedRequests.Met met = requests.meet(arrival, random.hex(8));
        switch (met.kind()) {
            case RETRANSMISSION -> {}
            case MERGED -> refuse(arrival, Reply.of(482, "Request Merged", stamp.of(arrival.head())));
            case OVERLOAD ->
                refuse(arrival, Reply.of(503, "Service Unavailable", stamp.of(arrival.head()), "Retry-After: 5"));
            case NEW -> {
                ReceivedRequests.Entry entry = met.entry().orElseThrow();
                String trace = tracePrefix + Long.toHexString(traces.incrementAndGet());
                deliver(message, arrival, trace, entry);
            }
        }
    }

    private void deliver(SipMessage message, Arrival arrival, String trace, ReceivedRequests.Entry entry) {
        SIPRequest request = arrival.request();
        SipTransaction transaction = new SipTransaction(
                Objects.toString(request.getTopmostVia().getBranch(), ""),
                request.getCallId().getCallId(),
                request.getCSeq().getSeqNumber());
        SipAnswer answer = response -> {
            if (!requests.answer(entry, toReply(response, entry.toTag()))) {
                log.problem("sip.answered.twice", "defect", "trace", trace, "status", response.status());
            }
        };
        try {
            receiver.onMessage(message, arrival.partner(), transaction, trace, answer);
        } catch (RuntimeException defect) {
            log.defect("sip-inbound", defect);
            requests.answer(entry, Reply.of(500, "Server Internal Error", entry.toTag()));
        }
    }

    private static Reply toReply(SipAnswer.Final response, String toTag) {
        if (response.status() < 200 || response.status() > 699 || response.status() == 408) {
            throw new IllegalArgumentException(
                    "status " + response.status() + " (expected: 200-699, never 408; RFC 4320 §4.2)");
        }
        List<String> headers = new ArrayList<>(2);
        response.retryAfter().ifPresent(after -> headers.add("Retry-After: " + Math.max(1, after.toSeconds())));
        response.accept().ifPresent(types -> headers.add("Accept: " + types));
        return new Reply(response.status(), response.reason(), toTag, headers);
    }

    /** The relay did not answer in time: a defect of ours, and the sender must hear of it before he gives up. */
    private void overdue(ReceivedRequests.Entry entry) {
        if (requests.answer(entry, Reply.of(504, "Server Time-out", entry.toTag()))) {
            meters.counter("isthmus.sip.unanswered").increment();
            log.problem("sip.never.answered", "defect", "why", "the gateway itself did not answer in time");
        }
    }

    @Override
    public void onResponse(SIPResponse response, MessageChannel channel) {
        SIPTransactionStack stack = channel.getSIPStack();
        try {
            StackEntry.response(stack, response, channel);
        } catch (ParseException | RuntimeException unusable) {
            log.problem("sip.response.unusable", channel.getPeerAddress(), "source", channel.getPeerAddress());
        }
    }

    @Override
    public void onRefused(Refused why, SipTransport transport, InetAddress source, String words) {
        Objects.requireNonNull(refused.get(why)).increment();
        String address = source.getHostAddress();
        // Strangers may come from anywhere: their flood is one kind, whatever addresses it claims.
        log.problem(
                "sip.refused",
                why == Refused.STRANGER ? "stranger " + transport : why + " " + address,
                "why",
                key(why),
                "transport",
                transport,
                "source",
                address,
                "detail",
                words);
    }

    private static String key(Refused why) {
        return why.name().toLowerCase(Locale.ROOT);
    }
}
