package org.isthmus.bytestream.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.dom4j.Element;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.ManualOwner;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.RecordedReply;
import org.isthmus.bytestream.ScriptedIqs;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.ibb.IbbErrors;
import org.isthmus.bytestream.ibb.IbbLimits;
import org.isthmus.bytestream.ibb.IbbStreams;
import org.isthmus.bytestream.ibb.IbbXml;
import org.isthmus.bytestream.socks5.Announcement;
import org.isthmus.bytestream.socks5.Socks5Limits;
import org.isthmus.bytestream.socks5.Socks5Requester;
import org.isthmus.bytestream.socks5.Socks5Targets;
import org.isthmus.bytestream.socks5.Wires;
import org.isthmus.bytestream.socks5.query.BytestreamErrors;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.isthmus.bytestream.socks5.query.StreamHostOffer;
import org.isthmus.mappings.Jids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xmpp.packet.JID;

/** SOCKS5 that fails and what comes after it, with the peer and the clock in the test's hands. */
@Timeout(60)
class FallbackTest {

    private static final JID US = Jids.parse("joe@sip.test/gw");
    private static final JID PEER = Jids.parse("alice@x.test/desk");
    private static final StreamKey KEY = new StreamKey(US, PEER, "s1");
    private static final List<StreamMethod> BOTH = List.of(StreamMethod.SOCKS5, StreamMethod.IBB);

    private final ManualOwner owner = new ManualOwner();
    private final ScriptedIqs iqs = new ScriptedIqs();
    private final MethodMemory memory = new MethodMemory(() -> Instant.EPOCH, MethodMemory.DAY, 10);
    private final IbbStreams ibb = new IbbStreams(iqs, IbbLimits.defaults());
    private final Wires wires = new Wires();
    private final Socks5Targets targets = new Socks5Targets(wires.race(Wires.LOOPBACK), Socks5Limits.defaults());
    private final ReceiveNegotiation receiving = new ReceiveNegotiation(targets, ibb, memory, Duration.ofSeconds(60));
    private final List<StreamEnd> ends = new ArrayList<>();
    private final List<Opened<ByteStreamSource>> sources = new ArrayList<>();
    private final List<Opened<ByteStreamSink>> sinks = new ArrayList<>();

    @AfterEach
    void close() {
        wires.close();
    }

    private Negotiation expect(StreamMethod chosen, List<StreamMethod> offered) {
        Negotiation[] made = new Negotiation[1];
        owner.execute(() ->
                made[0] = receiving.expect(KEY, chosen, offered, OptionalLong.of(3), owner, ends::add, sources::add));
        owner.run();
        return made[0];
    }

    private RecordedReply offerHosts(StreamHost... hosts) {
        RecordedReply reply = new RecordedReply();
        Element query = BytestreamXml.offer(new StreamHostOffer("s1", Optional.empty(), List.of(hosts)));
        targets.onIq(PEER, US, query, reply);
        owner.run();
        return reply;
    }

    /** Lets the loops and the owner work until it is so; time of the owner stands still. */
    private void until(BooleanSupplier so) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!so.getAsBoolean() && System.nanoTime() < limit) {
            owner.run();
            LockSupport.parkNanos(2_000_000L);
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    private RecordedReply openInBand() {
        RecordedReply reply = new RecordedReply();
        ibb.onIq(PEER, US, IbbXml.open("s1", 4096), reply);
        owner.run();
        return reply;
    }

    private static StreamHost forbidden() {
        return new StreamHost(PEER.toString(), "169.254.169.254", 7777);
    }

    @Test
    void aTargetThatReachesNoHostSaysItemNotFoundAndTakesTheSameStreamInBand() {
        expect(StreamMethod.SOCKS5, BOTH);
        RecordedReply reply = offerHosts(forbidden());
        assertThat(reply.error()).isEqualTo(BytestreamErrors.NO_HOST_REACHED);
        assertThat(sources).isEmpty();
        assertThat(memory.methodsFor(PEER)).containsExactly(StreamMethod.IBB);
        owner.advance(Duration.ofSeconds(29));
        assertThat(openInBand().isResult()).isTrue();
        assertThat(sources).hasSize(1).first().isInstanceOf(Opened.Stream.class);
        owner.advance(Duration.ofMinutes(1));
        assertThat(sources).hasSize(1);
    }

    @Test
    void afterThirtySecondsItIsOver() {
        expect(StreamMethod.SOCKS5, BOTH);
        offerHosts(forbidden());
        owner.advance(Duration.ofSeconds(30));
        assertThat(failure()).isEqualTo(Reason.UNREACHABLE);
        assertThat(openInBand().error()).isEqualTo(IbbErrors.NOT_ACCEPTABLE);
        assertThat(ibb.size()).isZero();
        assertThat(targets.size()).isZero();
        assertThat(owner.timers()).isZero();
    }

    @Test
    void withoutInBandAmongTheMethodsItIsOverAtOnce() {
        expect(StreamMethod.SOCKS5, List.of(StreamMethod.SOCKS5));
        offerHosts(forbidden());
        assertThat(failure()).isEqualTo(Reason.UNREACHABLE);
        assertThat(openInBand().error()).isEqualTo(IbbErrors.NOT_ACCEPTABLE);
    }

    @Test
    void aPeerMayComeInBandAtOnce() {
        expect(StreamMethod.SOCKS5, BOTH);
        assertThat(openInBand().isResult()).isTrue();
        assertThat(sources).hasSize(1).first().isInstanceOf(Opened.Stream.class);
        assertThat(offerHosts(forbidden()).error()).isEqualTo(BytestreamErrors.NOT_ACCEPTABLE);
        assertThat(targets.size()).isZero();
    }

    @Test
    void aPeerThatDoesNothingIsGivenUp() {
        expect(StreamMethod.SOCKS5, BOTH);
        owner.advance(Duration.ofSeconds(60));
        assertThat(failure()).isEqualTo(Reason.NOT_OPENED);
        assertThat(memory.methodsFor(PEER)).as("that says nothing about SOCKS5").isEqualTo(BOTH);
        assertThat(ibb.size() + targets.size() + owner.timers()).isZero();
    }

    @Test
    void anExpectationCanBeGivenUp() {
        Negotiation negotiation = expect(StreamMethod.SOCKS5, BOTH);
        negotiation.abort(new StreamFailure(Reason.CANCELLED, "the other side hung up"));
        owner.run();
        assertThat(failure()).isEqualTo(Reason.CANCELLED);
        assertThat(ibb.size() + targets.size() + owner.timers()).isZero();
        assertThat(sources).hasSize(1);
    }

    @Test
    void anOfferThatNobodyWaitsForIsNotAcceptable() {
        assertThat(offerHosts(forbidden()).error()).isEqualTo(BytestreamErrors.NOT_ACCEPTABLE);
        expect(StreamMethod.IBB, BOTH);
        assertThat(offerHosts(forbidden()).error()).isEqualTo(BytestreamErrors.NOT_ACCEPTABLE);
    }

    @Test
    void aTargetUsesTheHostItReaches() throws Exception {
        try (ServerSocket host = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            expect(StreamMethod.SOCKS5, BOTH);
            StreamHost good = new StreamHost("proxy.x.test/7", "127.0.0.1", host.getLocalPort());
            RecordedReply reply = offerHosts(forbidden(), good);
            Thread accepting = new Thread(() -> {
                try {
                    Wires.letIn(host.accept());
                } catch (IOException closed) {
                    throw new AssertionError(closed);
                }
            });
            accepting.start();
            until(reply::answered);
            assertThat(BytestreamXml.readUsed(reply.payload().orElseThrow())).contains("proxy.x.test/7");
            assertThat(sources).hasSize(1).first().isInstanceOf(Opened.Stream.class);
            assertThat(openInBand().error()).as("the other method is off").isEqualTo(IbbErrors.NOT_ACCEPTABLE);
            assertThat(memory.methodsFor(PEER)).isEqualTo(BOTH);
            accepting.join();
        }
    }

    private void send(StreamMethod chosen, List<StreamMethod> offered) {
        Announcement own =
                new Announcement(wires.server, List.of(new Announcement.Endpoint("127.0.0.1", wires.port())));
        Socks5Requester requester = new Socks5Requester(
                iqs, Optional.of(own), Optional.empty(), wires.race(Wires.LOOPBACK), Socks5Limits.defaults());
        new SendNegotiation(requester, ibb, memory)
                .open(KEY, chosen, offered, OptionalLong.of(3), owner, ends::add, sinks::add);
        owner.run();
    }

    @Test
    void aSenderTriesTheSameStreamInBandWhenTheTargetReachesNoHost() {
        send(StreamMethod.SOCKS5, BOTH);
        ScriptedIqs.Sent offer = iqs.next("query");
        assertThat(offer.payload().attributeValue("sid")).isEqualTo("s1");
        offer.error(BytestreamErrors.NO_HOST_REACHED);
        owner.run();
        ScriptedIqs.Sent open = iqs.next("open");
        assertThat(open.payload().attributeValue("sid")).isEqualTo("s1");
        open.result();
        owner.run();
        assertThat(sinks).hasSize(1).first().isInstanceOf(Opened.Stream.class);
        assertThat(memory.methodsFor(PEER)).containsExactly(StreamMethod.IBB);
        assertThat(wires.server.waiting()).isZero();
    }

    @Test
    void aPeerThatRefusesThatTooIsAFailureThatNamesBoth() {
        send(StreamMethod.SOCKS5, BOTH);
        iqs.next("query").error(BytestreamErrors.NO_HOST_REACHED);
        owner.run();
        iqs.next("open").error(IbbErrors.NOT_ACCEPTABLE);
        owner.run();
        StreamFailure why = ((Opened.Failed<ByteStreamSink>) sinks.get(0)).failure();
        assertThat(why.reason()).isEqualTo(Reason.REFUSED);
        assertThat(why.detail()).contains("item-not-found").contains("not-acceptable");
    }

    @Test
    void aSenderWhoseOfferHadNoInBandFails() {
        send(StreamMethod.SOCKS5, List.of(StreamMethod.SOCKS5));
        iqs.next("query").error(BytestreamErrors.NO_HOST_REACHED);
        owner.run();
        iqs.assertNothingSent();
        assertThat(sinks).hasSize(1).first().isInstanceOf(Opened.Failed.class);
    }

    @Test
    void aTargetThatChoosesAHostThatWasNotOfferedIsNotFollowed() {
        send(StreamMethod.SOCKS5, List.of(StreamMethod.SOCKS5));
        iqs.next("query").result(BytestreamXml.used("s1", new StreamHost("evil.test", "10.0.0.1", 7777)));
        owner.run();
        assertThat(((Opened.Failed<ByteStreamSink>) sinks.get(0)).failure().reason())
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void aTargetThatSaysItIsHereAndIsNotIsGivenUp() {
        send(StreamMethod.SOCKS5, List.of(StreamMethod.SOCKS5));
        iqs.next("query").result(BytestreamXml.used("s1", new StreamHost(US.toString(), "127.0.0.1", wires.port())));
        owner.advance(Duration.ofSeconds(5));
        assertThat(((Opened.Failed<ByteStreamSink>) sinks.get(0)).failure().reason())
                .isEqualTo(Reason.UNREACHABLE);
        assertThat(wires.server.waiting()).isZero();
        assertThat(owner.timers()).isZero();
    }

    private Reason failure() {
        assertThat(sources).hasSize(1);
        return ((Opened.Failed<ByteStreamSource>) sources.get(0)).failure().reason();
    }
}
