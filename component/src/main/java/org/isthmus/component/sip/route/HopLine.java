package org.isthmus.component.sip.route;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
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
import org.isthmus.component.sip.auth.Credentials;
import org.isthmus.component.sip.auth.Credentials.Login;
import org.isthmus.component.sip.auth.DigestAnswer;
import org.isthmus.component.sip.auth.DigestChallenge;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.record.RecordToRequest;
import org.isthmus.component.sip.record.RequestIdentity;
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

    /** One message on its way; the same again with {@code authorization} after a challenge. */
    private record Job(
            SipMessage message,
            String partner,
            RequestIdentity identity,
            Optional<String> authorization,
            Consumer<Outcome> outcome) {}

    private final SipRoute route;
    private final List<Departure> departures;
    private final HopAddresses addresses;
    private final SentMessages sent;
    private final SipLimits limits;
    private final LoopMark random;
    private final String agent;
    private final Credentials credentials;
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
            Credentials credentials,
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
        this.credentials = credentials;
        this.log = log;
        this.stopped = stopped;
        this.strand = strand;
        this.breaker = breaker;
    }

    /** Queues the message; any thread. */
    void send(SipMessage message, String partner, Consumer<Outcome> outcome) {
        if (inFlight.incrementAndGet() > limits.hopInFlight()) {
            inFlight.decrementAndGet();
            outcome.accept(new Outcome.Busy(FULL_RETRY));
            return;
        }
        Consumer<Outcome> done = told -> {
            inFlight.decrementAndGet();
            outcome.accept(told);
        };
        Job job = new Job(message, partner, RequestIdentity.of(message, random), Optional.empty(), done);
        if (!strand.offer(() -> leave(job), limits.hopQueue())) {
            done.accept(new Outcome.Busy(FULL_RETRY));
        }
    }

    private void leave(Job job) {
        if (stopped.getAsBoolean()) {
            job.outcome().accept(MessageSender.STOPPING);
            return;
        }
        Optional<Duration> refused = breaker.refusesFor();
        if (refused.isPresent()) {
            job.outcome().accept(new Outcome.Busy(refused.get()));
            return;
        }
        Optional<Outcome> failure;
        try {
            failure = attempt(job);
        } catch (RuntimeException defect) {
            log.defect("sip-send", defect);
            failure = Optional.of(new Outcome.Unreachable("the request could not be built"));
        }
        failure.ifPresent(job.outcome());
    }

    /** Sends to the first address that takes it; a present result is the outcome, otherwise the response is. */
    private Optional<Outcome> attempt(Job job) {
        Optional<SipTransport> transport = route.transport();
        if (transport.isEmpty()) {
            return Optional.of(
                    new Outcome.Unreachable("route " + route.uri() + " asks for a transport we do not speak"));
        }
        IOException last = null;
        try {
            for (InetAddress address : addresses.of(route.uri().host())) {
                Optional<Departure> departure = from(transport.get(), address);
                if (departure.isEmpty()) {
                    continue;
                }
                SIPRequest request = request(job, departure.get());
                int octets = request.encodeAsBytes(transport.get().token()).length;
                boolean large = transport.get() == SipTransport.UDP && octets > UDP_MOST;
                if (large) {
                    departure = route.tcpForLarge() ? from(SipTransport.TCP, address) : Optional.empty();
                    if (departure.isEmpty()) {
                        return Optional.of(new Outcome.TooLarge(octets));
                    }
                    request = request(job, departure.get());
                }
                try {
                    transmit(job, request, departure.get(), address);
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
            return Optional.of(new Outcome.Unreachable("no " + transport.get() + " listening point of ours reaches "
                    + route.uri().host()));
        }
        String words = words(last);
        if (breaker.failed()) {
            log.problem("sip.hop.down", route.uri().toString(), "route", route.uri(), "why", words);
        }
        return Optional.of(new Outcome.Unreachable(words));
    }

    private SIPRequest request(Job job, Departure departure) {
        return RecordToRequest.message(
                job.message(), job.identity(), job.authorization(), departure.sentBy(), random, agent);
    }

    /** Sends again with credentials when there are any for the challenge; a second challenge only for a stale nonce. */
    private boolean answersChallenge(Job job, SIPResponse response) {
        for (DigestChallenge challenge : DigestChallenge.of(response)) {
            Optional<Login> login = credentials.forRealm(job.partner(), challenge.realm());
            boolean first = job.authorization().isEmpty();
            if (login.isPresent()
                    && (first || (challenge.stale() && job.identity().cseq() <= 2))) {
                String line = DigestAnswer.line(
                        challenge,
                        login.get(),
                        "MESSAGE",
                        job.message().requestUri().toString(),
                        random.hex(8));
                Job again =
                        new Job(job.message(), job.partner(), job.identity().next(), Optional.of(line), job.outcome());
                return strand.offer(() -> leave(again), Integer.MAX_VALUE);
            }
        }
        return false;
    }

    private Optional<Departure> from(SipTransport transport, InetAddress target) {
        return departures.stream()
                .filter(departure -> departure.transport() == transport && departure.reaches(target))
                .findFirst();
    }

    private void transmit(Job job, SIPRequest request, Departure departure, InetAddress address) throws IOException {
        if (departures.stream().anyMatch(own -> own.is(departure.transport(), address, route.port()))) {
            throw new ConnectException(SELF); // JAIN-SIP would hand the request to itself
        }
        try {
            once(job, request, departure, address);
        } catch (ConnectException | NoRouteToHostException | SocketTimeoutException unreachable) {
            throw unreachable;
        } catch (IOException stale) {
            // A connection that had died in silence: what was written did not become a message there. Open a new one.
            once(job, request(job, departure), departure, address);
        }
    }

    private void once(Job job, SIPRequest request, Departure departure, InetAddress address) throws IOException {
        request.setApplicationData(new HopImpl(
                address.getHostAddress(), route.port(), departure.transport().token()));
        String branch = request.getTopmostVia().getBranch();
        sent.expect(branch, job.outcome(), response -> answersChallenge(job, response));
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
