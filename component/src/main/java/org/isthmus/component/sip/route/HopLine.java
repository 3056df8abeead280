package org.isthmus.component.sip.route;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipSender.Outcome;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipRoute;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.record.RecordToRequest;
import org.isthmus.component.sip.wire.Strand;
import org.isthmus.component.sip.wire.WriteStalledException;
import org.isthmus.translation.message.SipMessage;

/**
 * The line to one next hop: a bounded queue, a circuit breaker, and the sending itself, which runs on the line's strand
 * because a connection may take its time. Requests leave in the order of {@link #send}.
 */
final class HopLine {

    /** Largest request over a transport without congestion control (RFC 3428 §8). */
    private static final int UDP_MOST = 1_300;

    private static final String SELF = "the route points back to this gateway";

    private static final Duration FULL_RETRY = Duration.ofSeconds(5);

    private final SipRoute route;
    private final List<Departure> departures;
    private final HopAddresses addresses;
    private final SentMessages sent;
    private final SipLimits limits;
    private final LoopMark random;
    private final String agent;
    private final EventLog log;
    private final BooleanSupplier stopped;
    private final Strand strand;
    private final CircuitBreaker breaker; // touched on the strand only
    private final AtomicInteger inFlight = new AtomicInteger();

    HopLine(
            SipRoute route,
            List<Departure> departures,
            HopAddresses addresses,
            SentMessages sent,
            SipLimits limits,
            LoopMark random,
            String agent,
            EventLog log,
            BooleanSupplier stopped,
            Strand strand,
            CircuitBreaker breaker) {
        this.route = route;
        this.departures = departures;
        this.addresses = addresses;
        this.sent = sent;
        this.limits = limits;
        this.random = random;
        this.agent = agent;
        this.log = log;
        this.stopped = stopped;
        this.strand = strand;
        this.breaker = breaker;
    }

    /** Queues the message; any thread. */
    void send(SipMessage message, Consumer<Outcome> outcome) {
        if (inFlight.incrementAndGet() > limits.hopInFlight()) {
            inFlight.decrementAndGet();
            outcome.accept(new Outcome.Busy(FULL_RETRY));
            return;
        }
        Consumer<Outcome> done = told -> {
            inFlight.decrementAndGet();
            outcome.accept(told);
        };
        if (!strand.offer(() -> leave(message, done), limits.hopQueue())) {
            done.accept(new Outcome.Busy(FULL_RETRY));
        }
    }

    private void leave(SipMessage message, Consumer<Outcome> outcome) {
        if (stopped.getAsBoolean()) {
            outcome.accept(MessageSender.STOPPING);
            return;
        }
        Optional<Duration> refused = breaker.refusesFor();
        if (refused.isPresent()) {
            outcome.accept(new Outcome.Busy(refused.get()));
            return;
        }
        Optional<Outcome> failure;
        try {
            failure = attempt(message, outcome);
        } catch (RuntimeException defect) {
            log.defect("sip-send", defect);
            failure = Optional.of(new Outcome.Unreachable("the request could not be built"));
        }
        failure.ifPresent(outcome);
    }

    /** Sends to the first address that takes it; a present result is the outcome, otherwise the response is. */
    private Optional<Outcome> attempt(SipMessage message, Consumer<Outcome> outcome) {
        Optional<SipTransport> wanted = route.transport();
        if (wanted.isEmpty()) {
            return Optional.of(
                    new Outcome.Unreachable("route " + route.uri() + " asks for a transport we do not speak"));
        }
        SipTransport transport = wanted.get();
        IOException last = null;
        try {
            for (InetAddress address : addresses.of(route.uri().host())) {
                Optional<Departure> departure = from(transport, address);
                if (departure.isEmpty()) {
                    continue;
                }
                SIPRequest request =
                        RecordToRequest.message(message, departure.get().sentBy(), random, agent);
                int octets = request.encodeAsBytes(transport.token()).length;
                boolean large = transport == SipTransport.UDP && octets > UDP_MOST;
                if (large) {
                    departure = route.tcpForLarge() ? from(SipTransport.TCP, address) : Optional.empty();
                    if (departure.isEmpty()) {
                        return Optional.of(new Outcome.TooLarge(octets));
                    }
                }
                try {
                    transmit(message, departure.get(), address, outcome);
                    if (breaker.succeeded()) {
                        log.info("sip.hop.back", "route", route.uri());
                    }
                    return Optional.empty();
                } catch (IOException failed) {
                    if (large && failed instanceof ConnectException) {
                        return Optional.of(new Outcome.TooLarge(octets)); // no TCP there: RFC 3428 §8 leaves nothing
                    }
                    last = failed;
                }
            }
        } catch (UnknownHostException unknown) {
            last = unknown;
        }
        if (last == null) {
            return Optional.of(new Outcome.Unreachable("no " + transport + " listening point of ours reaches "
                    + route.uri().host()));
        }
        String words = words(last);
        if (breaker.failed()) {
            log.problem("sip.hop.down", route.uri().toString(), "route", route.uri(), "why", words);
        }
        return Optional.of(new Outcome.Unreachable(words));
    }

    private Optional<Departure> from(SipTransport transport, InetAddress target) {
        return departures.stream()
                .filter(departure -> departure.transport() == transport && departure.reaches(target))
                .findFirst();
    }

    private void transmit(SipMessage message, Departure departure, InetAddress address, Consumer<Outcome> outcome)
            throws IOException {
        if (departures.stream().anyMatch(own -> own.is(departure.transport(), address, route.port()))) {
            throw new ConnectException(SELF); // JAIN-SIP would hand the request to itself
        }
        try {
            once(message, departure, address, outcome);
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException unreachable) {
            throw unreachable;
        } catch (IOException stale) {
            // A connection that had died in silence: what was written did not become a message there. Open a new one.
            once(message, departure, address, outcome);
        }
    }

    private void once(SipMessage message, Departure departure, InetAddress address, Consumer<Outcome> outcome)
            throws IOException {
        SIPRequest request = RecordToRequest.message(message, departure.sentBy(), random, agent);
        request.setApplicationData(new HopImpl(
                address.getHostAddress(), route.port(), departure.transport().token()));
        String branch = request.getTopmostVia().getBranch();
        sent.expect(branch, outcome);
        try {
            ClientTransaction transaction = departure.provider().getNewClientTransaction(request);
            transaction.sendRequest();
        } catch (SipException failed) {
            if (sent.forget(branch)) {
                throw cause(failed);
            }
        }
    }

    private static IOException cause(SipException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return new IOException("the SIP stack refused to send", failed);
    }

    private String words(IOException failure) {
        String target = route.uri().host() + ":" + route.port();
        if (failure instanceof UnknownHostException) {
            return failure.getMessage() == null ? "no address for " + target : failure.getMessage();
        }
        if (failure instanceof WriteStalledException) {
            return target + " does not read what is sent to it";
        }
        if (failure instanceof SocketTimeoutException) {
            return target + " did not answer the connection attempt";
        }
        if (SELF.equals(failure.getMessage())) {
            return SELF;
        }
        if (failure instanceof ConnectException) {
            return target + " refused the connection";
        }
        if (failure instanceof NoRouteToHostException) {
            return "no route to " + target;
        }
        return "connection to " + target + " failed";
    }
}
