package org.isthmus.bytestream.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.CheckedBlocks;
import org.isthmus.bytestream.ContentChecks;
import org.isthmus.bytestream.DigestAlgorithm;
import org.isthmus.bytestream.Generator;
import org.isthmus.bytestream.NoLeaks;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.Verifier;
import org.isthmus.bytestream.ibb.IbbLimits;
import org.isthmus.bytestream.si.SiFile;
import org.isthmus.bytestream.si.SiOffer;
import org.isthmus.bytestream.socks5.Announcement;
import org.isthmus.bytestream.socks5.host.StreamHostLimits;
import org.isthmus.bytestream.socks5.host.StreamHostServer;
import org.isthmus.mappings.Jids;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xmpp.packet.JID;

/**
 * A whole transfer, from the offer to both ends, for each kind of network, side that checks, size and hash: a file arrives
 * right and whole or not at all, and both sides say the same.
 */
@ExtendWith(NoLeaks.class)
@Timeout(120)
class FileMatrixTest {

    /** What the network between the two allows. */
    enum Network {
        SOCKS5_WORKS,
        SOCKS5_DEAD,
        IN_BAND_ONLY
    }

    /** Which side is ours and looks at length and hash. */
    enum Side {
        PUSH,
        PULL
    }

    enum Hash {
        RIGHT,
        WRONG,
        ABSENT
    }

    private static final JID SENDER = Jids.parse("joe@sip.test/gw");
    private static final JID RECEIVER = Jids.parse("alice@x.test/desk");
    private static final long[] SIZES = {0, 1, 1024 * 1024, 100L * 1024 * 1024};
    private static final Map<Long, String> MD5 = new ConcurrentHashMap<>();

    private static EventLoopGroup loops;
    private static StreamHostServer server;
    private static int deadPort;

    @BeforeAll
    static void open() throws IOException {
        loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        server = StreamHostServer.bind(
                loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), StreamHostLimits.defaults());
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deadPort = closed.getLocalPort();
        }
    }

    @AfterAll
    static void close() {
        server.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    static Stream<Arguments> matrix() {
        List<Arguments> rows = new ArrayList<>();
        for (Network network : Network.values()) {
            for (Side side : Side.values()) {
                for (long size : SIZES) {
                    for (Hash hash : Hash.values()) {
                        rows.add(Arguments.of(network, side, size, hash));
                    }
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0} {1} {2} octets, hash {3}")
    @MethodSource("matrix")
    void arrivesRightAndWholeOrNotAtAll(Network network, Side side, long size, Hash hash) throws Exception {
        try (Bus bus = new Bus()) {
            BlockingQueue<StreamEnd> received = new LinkedBlockingQueue<>();
            BlockingQueue<StreamFailure> notOpened = new LinkedBlockingQueue<>();
            Verifier verifier = new Verifier();
            CompletableFuture<CheckedBlocks> receiverChecks = new CompletableFuture<>();
            Party receiver = new Party(
                    RECEIVER,
                    bus,
                    loops,
                    Optional.empty(),
                    Optional.empty(),
                    IbbLimits.defaults(),
                    (offer, source) -> receiverChecks.complete(read(offer, source, side == Side.PULL, verifier)),
                    received::add,
                    notOpened::add);
            Party sender = new Party(
                    SENDER,
                    bus,
                    loops,
                    Optional.of(announcement(network)),
                    Optional.empty(),
                    IbbLimits.defaults(),
                    (offer, source) -> source.abort(new StreamFailure(Reason.CANCELLED, "sends only")),
                    end -> {},
                    failure -> {});
            bus.attach(SENDER, sender);
            bus.attach(RECEIVER, receiver);

            Generator file = generator(size, hash, sender);
            List<StreamMethod> methods = network == Network.IN_BAND_ONLY
                    ? List.of(StreamMethod.IBB)
                    : List.of(StreamMethod.SOCKS5, StreamMethod.IBB);
            SiOffer offer = SiOffer.of("s" + System.nanoTime(), Optional.empty(), offered(size, hash), methods);
            StreamEnd sent = sender.send(RECEIVER, offer, (method, sink) -> {
                        CheckedBlocks checks = new CheckedBlocks(checks(offer, side == Side.PUSH));
                        checks.subscribe(sink);
                        file.subscribe(checks);
                    })
                    .get(100, TimeUnit.SECONDS);

            assertThat(verifier.await(Duration.ofSeconds(20))).isTrue();
            StreamEnd taken = received.poll(20, TimeUnit.SECONDS);
            assertThat(taken).isNotNull();
            boolean shouldArrive = hash != Hash.WRONG || cannotBeTold(network, side, size);
            assertThat(verifier.complete()).isEqualTo(shouldArrive);
            assertThat(taken.complete()).isEqualTo(shouldArrive);
            if (hash == Hash.WRONG) {
                assertSenderKnows(network, side, size, sent);
            }
            if (!shouldArrive) {
                assertThat(verifier.octets()).as("never a whole wrong file").isLessThanOrEqualTo(Math.max(0, size - 1));
            } else if (hash != Hash.WRONG) {
                assertThat(sent.failure()).isEmpty();
                assertThat(sent.octets()).isEqualTo(size);
                assertThat(verifier.octets()).isEqualTo(size);
                assertThat(verifier.right()).isTrue();
                assertThat(receiverChecks.join().digest(DigestAlgorithm.MD5)).contains(md5(size));
            }
            boolean socks5Failed = network == Network.SOCKS5_DEAD;
            assertThat(receiver.memory.methodsFor(SENDER)).hasSize(socks5Failed ? 1 : 2);
            assertThat(sender.memory.methodsFor(RECEIVER)).hasSize(socks5Failed ? 1 : 2);
            assertThat(notOpened).isEmpty();
            assertNothingLeft(bus, sender, receiver);
        }
    }

    /**
     * An empty file whose announced hash is not that of an empty file, found by the sender: in band there is only
     * {@code <close/>} to say it with, and after no octets that is what an empty file looks like. Its content is not wrong.
     */
    private static boolean cannotBeTold(Network network, Side side, long size) {
        return size == 0 && side == Side.PUSH && network != Network.SOCKS5_WORKS;
    }

    /**
     * The sender hears of a wrong hash that the receiver found, where the method has an answer at its end. SOCKS5 has none;
     * what a sender may notice there is a reset before it has written everything.
     */
    private static void assertSenderKnows(Network network, Side side, long size, StreamEnd sent) {
        if (side == Side.PUSH) {
            assertThat(sent.failure().orElseThrow().reason()).isEqualTo(Reason.HASH_MISMATCH);
        } else if (network != Network.SOCKS5_WORKS) {
            assertThat(sent.failure().orElseThrow().reason()).isEqualTo(Reason.REFUSED);
            assertThat(sent.octets()).isEqualTo(size);
        }
    }

    private static void assertNothingLeft(Bus bus, Party sender, Party receiver) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < until
                && (bus.unanswered() > 0 || sender.ibb.size() > 0 || receiver.ibb.size() > 0)) {
            LockSupport.parkNanos(5_000_000L); // the last answers are on their way
        }
        assertThat(bus.unanswered()).isZero();
        assertThat(bus.answeredTwice()).isZero();
        assertThat(sender.ibb.size()).isZero();
        assertThat(receiver.ibb.size()).isZero();
        assertThat(receiver.targets.size()).isZero();
        assertThat(server.waiting()).isZero();
    }

    private static CheckedBlocks read(SiOffer offer, ByteStreamSource source, boolean checkHash, Verifier verifier) {
        ContentChecks checks = checks(offer, checkHash).computing(Set.of(DigestAlgorithm.MD5));
        CheckedBlocks checked = new CheckedBlocks(checks);
        checked.subscribe(new Confirming(verifier, source));
        source.subscribe(checked);
        return checked;
    }

    private static ContentChecks checks(SiOffer offer, boolean withHash) {
        ContentChecks size = ContentChecks.ofSize(offer.file().size());
        return withHash && offer.file().md5().isPresent()
                ? size.expecting(DigestAlgorithm.MD5, offer.file().md5().get())
                : size;
    }

    private static Announcement announcement(Network network) {
        int port = network == Network.SOCKS5_DEAD ? deadPort : server.address().getPort();
        return new Announcement(server, List.of(new Announcement.Endpoint("127.0.0.1", port)));
    }

    private static Generator generator(long size, Hash hash, Party sender) {
        Generator right = new Generator(size, 65_536, sender.owner);
        return hash == Hash.WRONG && size > 0 ? right.wrongAt(size / 2) : right;
    }

    private static SiFile offered(long size, Hash hash) {
        SiFile file = SiFile.of("series.dcm", size);
        if (hash == Hash.ABSENT) {
            return file;
        }
        return file.md5(size == 0 && hash == Hash.WRONG ? "0".repeat(32) : md5(size));
    }

    private static String md5(long size) {
        return MD5.computeIfAbsent(size, octets -> {
            try {
                MessageDigest digest = MessageDigest.getInstance("MD5");
                byte[] block = new byte[65_536];
                for (long at = 0; at < octets; at += block.length) {
                    Generator.fill(block, at);
                    digest.update(block, 0, (int) Math.min(block.length, octets - at));
                }
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        });
    }
}
