package org.isthmus.bytestream.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.dom4j.Element;
import org.isthmus.bytestream.CheckedBlocks;
import org.isthmus.bytestream.ContentChecks;
import org.isthmus.bytestream.Generator;
import org.isthmus.bytestream.ManualOwner;
import org.isthmus.bytestream.NoLeaks;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.Verifier;
import org.isthmus.bytestream.ibb.IbbLimits;
import org.isthmus.bytestream.ibb.IbbSession;
import org.isthmus.bytestream.ibb.IbbStreams;
import org.isthmus.bytestream.ibb.IbbTransfer;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.Reply;
import org.isthmus.bytestream.si.SiFile;
import org.isthmus.bytestream.si.SiOffer;
import org.isthmus.bytestream.socks5.Announcement;
import org.isthmus.bytestream.socks5.host.StreamHostLimits;
import org.isthmus.bytestream.socks5.host.StreamHostServer;
import org.isthmus.mappings.Jids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

/** A slow reader bounds what is on its way, whatever the size of the file; and no way of cutting it loses an octet. */
@ExtendWith(NoLeaks.class)
@Timeout(120)
class BackPressureTest {

    private static final JID SENDER = Jids.parse("joe@sip.test/gw");
    private static final JID RECEIVER = Jids.parse("alice@x.test/desk");
    private static final int MIB = 1024 * 1024;

    /** Two in-band stacks on one owner and one clock, joined without a network. */
    private static final class InBand {
        private final ManualOwner owner = new ManualOwner();
        private final Map<JID, IbbStreams> stacks = new HashMap<>();
        private final List<StreamEnd> ends = new ArrayList<>();
        private IbbSession sending;
        private IbbSession receiving;

        private void run(IbbLimits ours, IbbLimits theirs, Generator file, long size, Verifier verifier) {
            IqExchange wire = (request, answer) -> owner.execute(() -> stacks.get(request.to())
                    .onIq(request.from(), request.to(), request.payload(), new Reply() {
                        @Override
                        public void result(Optional<Element> payload) {
                            owner.execute(() -> answer.accept(new IqAnswer.Result(payload)));
                        }

                        @Override
                        public void error(IqError error) {
                            owner.execute(() -> answer.accept(new IqAnswer.Refused(error)));
                        }
                    }));
            stacks.put(SENDER, new IbbStreams(wire, ours));
            stacks.put(RECEIVER, new IbbStreams(wire, theirs));
            stacks.get(RECEIVER)
                    .expect(
                            new StreamKey(RECEIVER, SENDER, "s1"),
                            IbbTransfer.receive(size, ends::add),
                            owner,
                            Duration.ofSeconds(30),
                            opened -> {
                                receiving = ((Opened.Stream<IbbSession>) opened).stream();
                                CheckedBlocks checked = new CheckedBlocks(ContentChecks.ofSize(size));
                                checked.subscribe(new Confirming(verifier, receiving.source()));
                                receiving.source().subscribe(checked);
                            });
            stacks.get(SENDER)
                    .open(new StreamKey(SENDER, RECEIVER, "s1"), IbbTransfer.send(size, ends::add), owner, opened -> {
                        sending = ((Opened.Stream<IbbSession>) opened).stream();
                        file.subscribe(sending.sink());
                    });
            owner.run();
        }
    }

    @Test
    void inBandASlowReaderBoundsWhatIsOnItsWay() {
        long size = 100L * MIB;
        InBand wire = new InBand();
        ArrayDeque<Runnable> demands = new ArrayDeque<>();
        Verifier verifier = new Verifier(demands::add);
        Generator file = new Generator(size, 65_536, wire.owner);
        IbbLimits limits = IbbLimits.defaults();
        wire.run(limits, limits, file, size, verifier);
        long most = 0;
        int steps = 0;
        while (!verifier.ended()) {
            // The reader wakes up once in a second for a burst: slower than the network, faster than the limits.
            wire.owner.advance(Duration.ofSeconds(1));
            long onItsWay = file.given() - verifier.octets();
            most = Math.max(most, onItsWay);
            assertThat(wire.receiving.held() + wire.sending.held())
                    .as("held by both stacks")
                    .isLessThanOrEqualTo(2L * limits.bufferOctets() + 8 * 3_072 + 65_536);
            for (int i = 0; i < 64 && !demands.isEmpty(); i++) {
                demands.remove().run();
                wire.owner.run();
            }
            steps++;
        }
        assertThat(verifier.complete()).isTrue();
        assertThat(verifier.right()).isTrue();
        assertThat(wire.ends).hasSize(2).allMatch(StreamEnd::complete);
        assertThat(steps).as("the reader was slow").isGreaterThan(500);
        assertThat(most).as("of 100 MiB").isLessThan(700_000);
        assertThat(wire.owner.timers()).isZero();
    }

    static IntStream blockSizes() {
        return IntStream.concat(IntStream.rangeClosed(1, 40), IntStream.of(127, 128, 511, 512, 513, 4095, 4096));
    }

    @ParameterizedTest
    @MethodSource("blockSizes")
    void everyCutOfTheFileAndOfTheStreamGivesTheSameOctets(int cut) {
        for (int blockSize : new int[] {4, 5, 7, 8, 63, 64, 100, 1_000, 4_096}) {
            for (int size : new int[] {0, 1, 2, 3, cut, cut + 1, 257}) {
                InBand wire = new InBand();
                Verifier verifier = new Verifier();
                IbbLimits ours = IbbLimits.defaults().withBlockSize(blockSize);
                wire.run(ours, IbbLimits.defaults(), new Generator(size, cut, wire.owner), size, verifier);
                assertThat(verifier.complete()).isTrue();
                assertThat(verifier.octets()).isEqualTo(size);
                assertThat(verifier.right()).isTrue();
                assertThat(wire.ends).hasSize(2).allMatch(StreamEnd::complete);
                assertThat(wire.owner.timers()).isZero();
            }
        }
    }

    @Test
    void aSmallerBlockIsAgreedWhenOursIsTooLarge() {
        InBand wire = new InBand();
        Verifier verifier = new Verifier();
        IbbLimits ours = IbbLimits.defaults().withBlockSize(16_384);
        IbbLimits theirs = IbbLimits.defaults().withMaxBlockSize(2_048);
        wire.run(ours, theirs, new Generator(MIB, 65_536, wire.owner), MIB, verifier);
        assertThat(verifier.complete()).isTrue();
        assertThat(verifier.octets()).isEqualTo(MIB);
    }

    @Test
    void overSocks5ASlowReaderBoundsWhatIsOnItsWay() throws Exception {
        long size = 64L * MIB;
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        try (Bus bus = new Bus();
                StreamHostServer server = StreamHostServer.bind(
                        loops,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        StreamHostLimits.defaults())) {
            LinkedBlockingQueue<Runnable> demands = new LinkedBlockingQueue<>();
            LinkedBlockingQueue<StreamEnd> received = new LinkedBlockingQueue<>();
            Verifier verifier = new Verifier(demands::add);
            Party receiver = party(RECEIVER, bus, loops, Optional.empty(), verifier, received);
            Announcement host = new Announcement(
                    server,
                    List.of(new Announcement.Endpoint(
                            "127.0.0.1", server.address().getPort())));
            Party sender = party(SENDER, bus, loops, Optional.of(host), new Verifier(), received);
            Generator file = new Generator(size, 65_536, sender.owner);
            SiOffer offer = SiOffer.of(
                    "s1", Optional.empty(), SiFile.of("a", size), List.of(StreamMethod.SOCKS5, StreamMethod.IBB));
            CompletableFuture<StreamEnd> sent = sender.send(RECEIVER, offer, (method, sink) -> file.subscribe(sink));
            long most = 0;
            while (!verifier.ended()) {
                Runnable demand = demands.poll(20, TimeUnit.MILLISECONDS);
                most = Math.max(most, file.given() - verifier.octets());
                if (demand != null) {
                    demand.run();
                }
            }
            assertThat(verifier.complete()).isTrue();
            assertThat(verifier.right()).isTrue();
            assertThat(received.poll(20, TimeUnit.SECONDS).complete()).isTrue();
            assertThat(sent.get(20, TimeUnit.SECONDS).octets()).isEqualTo(size);
            assertThat(most).as("our four blocks and what the sockets hold").isLessThan(16L * MIB);
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }

    private static Party party(
            JID address,
            Bus bus,
            EventLoopGroup loops,
            Optional<Announcement> host,
            Verifier verifier,
            LinkedBlockingQueue<StreamEnd> received) {
        Party party = new Party(
                address,
                bus,
                loops,
                host,
                Optional.empty(),
                IbbLimits.defaults(),
                (offer, source) -> source.subscribe(new Confirming(verifier, source)),
                received::add,
                failure -> {
                    throw new AssertionError(failure);
                });
        bus.attach(address, party);
        return party;
    }
}
