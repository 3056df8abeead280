package org.isthmus.component.sip.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipRoute;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.auth.Credentials;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.wire.Strand;
import org.isthmus.translation.message.SipMessage;

/**
 * Sends MESSAGE requests to partners, one line a route. Any thread; never blocks. What needs no waiting (no route, line
 * full) is told before {@link #send} returns, on the caller's thread.
 */
public final class MessageSender implements SipSender {

    static final Outcome STOPPING = new Outcome.Unreachable("the gateway is stopping");

    private final PartnerView partners;
    private final List<Departure> departures;
    private final HopAddresses addresses;
    private final SentMessages sent;
    private final SipLimits limits;
    private final SipTimers timers;
    private final LoopMark random;
    private final String agent;
    private final Credentials credentials;
    private final EventLog log;
    private final Executor out;
    private final Map<SipRoute, HopLine> lines = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    public MessageSender(
            PartnerView partners,
            List<Departure> departures,
            HopAddresses addresses,
            SentMessages sent,
            SipLimits limits,
            SipTimers timers,
            LoopMark random,
            String agent,
            Credentials credentials,
            EventLog log,
            Executor out) {
        this.partners = partners;
        this.departures = List.copyOf(departures);
        this.addresses = addresses;
        this.sent = sent;
        this.limits = limits;
        this.timers = timers;
        this.random = random;
        this.agent = agent;
        this.credentials = credentials;
        this.log = log;
        this.out = out;
    }

    @Override
    public void send(SipMessage message, String partner, Consumer<Outcome> outcome) {
        if (stopped) {
            outcome.accept(STOPPING);
            return;
        }
        Optional<SipRoute> route = partners.routeOf(partner);
        if (route.isEmpty()) {
            outcome.accept(new Outcome.Unreachable("partner \"" + partner + "\" has no route"));
            return;
        }
        lines.computeIfAbsent(route.get(), this::line).send(message, partner, outcome);
    }

    /** Takes no more; what waits in a line ends as not sent. */
    public void stop() {
        stopped = true;
    }

    /** Ends what was sent and not answered as unknown; when nothing can leave any more. */
    public void tellUnknown() {
        sent.stop();
    }

    private HopLine line(SipRoute route) {
        return new HopLine(
                route,
                departures,
                addresses,
                sent,
                limits,
                random,
                agent,
                credentials,
                log,
                () -> stopped,
                new Strand(out, log),
                new CircuitBreaker(limits, timers));
    }
}
