package org.isthmus.component.sip.receive;

import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.net.InetAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.conversation.SipInbound;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipEndpointSettings;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.record.RequestToRecord;
import org.isthmus.component.sip.wire.Arrival;
import org.isthmus.component.sip.wire.Reply;
import org.isthmus.component.sip.wire.StackEntry;
import org.isthmus.component.sip.wire.TagStamp;
import org.isthmus.component.sip.wire.WireHandler;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.translation.message.SipMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in, on the thread that read it: rules, then the table of known requests, then {@link SipInbound}. Answers come
 * back on any thread and leave on {@code sip-out}.
 */
public final class Inbound implements WireHandler {

    private static final Logger log = LoggerFactory.getLogger(Inbound.class);
    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration SUM = Duration.ofSeconds(10);

    private final SipInbound receiver;
    private final RequestRules rules;
    private final ReceivedRequests requests;
    private final LoopMark random;
    private final TagStamp stamp;
    private final RefusalLog refusals = new RefusalLog();
    private final List<SipTimers.Task> tasks;
    private final String tracePrefix;
    private final AtomicLong traces = new AtomicLong();

    public Inbound(
            SipInbound receiver,
            PartnerView partners,
            SipEndpointSettings settings,
            SipTimers timers,
            LoopMark random,
            TagStamp stamp) {
        this.receiver = receiver;
        this.rules = new RequestRules(partners, random, stamp, settings.acceptedTypes(), Set.of());
        this.requests = new ReceivedRequests(settings.limits(), timers);
        this.random = random;
        this.stamp = stamp;
        this.tracePrefix = "s" + random.hex(2) + "-";
        this.tasks = List.of(
                timers.every(SWEEP, SWEEP, () -> requests.sweep(this::overdue)), timers.every(SUM, SUM, refusals::sum));
    }

    /** Stops the sweeps; what is unanswered stays so. */
    public void stop() {
        tasks.forEach(SipTimers.Task::cancel);
        refusals.sum();
    }

    @Override
    public void onRequest(Arrival arrival, MessageChannel channel) {
        try {
            String method = arrival.request().getMethod();
            if (method.equals("ACK")) {
                return; // of a refused INVITE: there is nothing to end
            }
            Optional<Reply> refusal = rules.refusal(arrival);
            if (refusal.isPresent()) {
                log.info(
                        "sip.request.refused method={} status={} partner={} source={}",
                        method,
                        refusal.get().status(),
                        arrival.partner(),
                        arrival.source().getHostAddress());
                arrival.answer(refusal.get());
            } else if (method.equals("OPTIONS")) {
                arrival.answer(rules.capabilities(arrival));
            } else {
                message(arrival);
            }
        } catch (RuntimeException | StackOverflowError defect) {
            // Whatever a message did to us, the thread goes on to the next one.
            log.error(
                    "sip.request.defect partner={} {}",
                    arrival.partner(),
                    defect.getClass().getName(),
                    defect);
            arrival.answer(Reply.of(500, "Server Internal Error", stamp.of(arrival.head())));
        }
    }

    private void message(Arrival arrival) {
        SipMessage message;
        try {
            message = RequestToRecord.message(arrival.request(), arrival.head(), arrival.body());
        } catch (SipUriSyntaxException unreadable) {
            arrival.answer(Reply.of(400, "Bad Request - address cannot be read", stamp.of(arrival.head())));
            return;
        }
        ReceivedRequests.Met met = requests.meet(arrival, random.hex(8));
        switch (met.kind()) {
            case RETRANSMISSION -> {}
            case MERGED -> arrival.answer(Reply.of(482, "Request Merged", stamp.of(arrival.head())));
            case OVERLOAD ->
                arrival.answer(Reply.of(503, "Service Unavailable", stamp.of(arrival.head()), "Retry-After: 5"));
            case NEW -> {
                ReceivedRequests.Entry entry = met.entry().orElseThrow();
                String trace = tracePrefix + Long.toHexString(traces.incrementAndGet());
                deliver(message, arrival.partner(), trace, entry);
            }
        }
    }

    private void deliver(SipMessage message, String partner, String trace, ReceivedRequests.Entry entry) {
        SipAnswer answer = response -> {
            if (!requests.answer(entry, toReply(response, entry.toTag()))) {
                log.error("sip.answer.defect trace={} status={} answered already", trace, response.status());
            }
        };
        try {
            receiver.onMessage(message, partner, trace, answer);
        } catch (RuntimeException defect) {
            log.error("sip.inbound.defect trace={} {}", trace, defect.getClass().getName(), defect);
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
            log.error("sip.answer.defect a request was never answered by the gateway");
        }
    }

    @Override
    public void onResponse(SIPResponse response, MessageChannel channel) {
        SIPTransactionStack stack = channel.getSIPStack();
        try {
            StackEntry.response(stack, response, channel);
        } catch (ParseException | RuntimeException unusable) {
            log.warn("sip.response.unusable {}", unusable.getClass().getName());
        }
    }

    @Override
    public void onRefused(Refused why, SipTransport transport, InetAddress source, String words) {
        refusals.refused(why, transport, source, words);
    }
}
