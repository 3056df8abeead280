package org.isthmus.component.sip;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.conversation.SipInbound;
import org.isthmus.component.conversation.SipTransaction;
import org.isthmus.component.sip.auth.Credentials;
import org.isthmus.component.sip.stack.SipEndpoint;
import org.isthmus.translation.message.SipMessage;

/** A running endpoint on loopback whose inbound side collects what arrives. */
public final class Endpoints implements AutoCloseable, SipInbound {

    /** A MESSAGE as the relay would see it. */
    public record Delivered(
            SipMessage message, String partner, SipTransaction transaction, String trace, SipAnswer answer) {

        public String text() {
            return new String(message.body().octets(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    public static final InetAddress LOCAL = address("127.0.0.1");
    public static final InetAddress STRANGER = address("127.0.0.66");

    /** At "campus" in the realm campus.example: isthmus with the secret open-sesame. */
    private static final Credentials LOGINS =
            (partner, realm) -> partner.equals("campus") && realm.equals("campus.example")
                    ? Optional.of(new Credentials.Login("isthmus", "open-sesame"))
                    : Optional.empty();

    private final BlockingQueue<Delivered> delivered = new LinkedBlockingQueue<>();
    private final Optional<SipAnswer.Final> automatic;
    public final TestPartners partners = new TestPartners();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final SipEndpoint endpoint;

    private Endpoints(SipEndpointSettings settings, Optional<SipAnswer.Final> automatic)
            throws SipEndpoint.StartException {
        this.automatic = automatic;
        this.endpoint = SipEndpoint.start(settings, partners, this, new EventLog(), meters);
    }

    private Endpoints(SipEndpointSettings settings, Optional<SipAnswer.Final> automatic, SipTimers clock)
            throws SipEndpoint.StartException {
        this.automatic = automatic;
        this.endpoint = SipEndpoint.start(settings, partners, LOGINS, this, new EventLog(), meters, clock, () -> {});
    }

    /** UDP is point 0, TCP point 1; each MESSAGE is answered 202 at once. */
    public static Endpoints answering() throws SipEndpoint.StartException {
        return new Endpoints(settings(SipLimits.DEFAULTS), Optional.of(SipAnswer.Final.of(202, "Accepted")));
    }

    /** As {@link #answering}, with the test's limits. */
    public static Endpoints answering(SipLimits limits) throws SipEndpoint.StartException {
        return new Endpoints(settings(limits), Optional.of(SipAnswer.Final.of(202, "Accepted")));
    }

    /** The test answers. */
    public static Endpoints silent(SipLimits limits) throws SipEndpoint.StartException {
        return new Endpoints(settings(limits), Optional.empty());
    }

    /** The test answers and turns the clock. */
    public static Endpoints silent(SipLimits limits, SipTimers clock) throws SipEndpoint.StartException {
        return new Endpoints(settings(limits), Optional.empty(), clock);
    }

    public static SipEndpointSettings settings(SipLimits limits) {
        SipEndpointSettings defaults = SipEndpointSettings.of(List.of(
                new SipPoint(SipTransport.UDP, LOCAL, 0, Optional.empty()),
                new SipPoint(SipTransport.TCP, LOCAL, 0, Optional.empty())));
        return new SipEndpointSettings(
                defaults.listen(), defaults.agent(), defaults.acceptedTypes(), defaults.events(), limits);
    }

    @Override
    public void onMessage(
            SipMessage message, String partner, SipTransaction transaction, String trace, SipAnswer answer) {
        delivered.add(new Delivered(message, partner, transaction, trace, answer));
        automatic.ifPresent(answer::respond);
    }

    public int udp() {
        return endpoint.port(0);
    }

    public int tcp() {
        return endpoint.port(1);
    }

    /** The next MESSAGE that was delivered. */
    public Delivered next() throws InterruptedException {
        Delivered next = delivered.poll(SipWire.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was delivered in " + SipWire.PATIENCE);
        }
        return next;
    }

    /** The next MESSAGE, if one is delivered in time. */
    public Optional<Delivered> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(delivered.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    public int waiting() {
        return delivered.size();
    }

    public SipWire.Udp udpPeer() throws java.io.IOException {
        return SipWire.udp(LOCAL, LOCAL, udp());
    }

    public SipWire.Tcp tcpPeer() throws java.io.IOException {
        return SipWire.tcp(LOCAL, LOCAL, tcp());
    }

    @Override
    public void close() {
        endpoint.close();
    }

    public static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException notALiteral) {
            throw new AssertionError(notALiteral);
        }
    }
}
