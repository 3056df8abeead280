package org.isthmus.bytestream.socks5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.Generator;
import org.isthmus.bytestream.NoLeaks;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.Verifier;
import org.isthmus.bytestream.socks5.dial.DialLimits;
import org.isthmus.bytestream.socks5.dial.Socks5Dialer;
import org.isthmus.bytestream.socks5.wire.ClientHandshake;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Source and sink over real sockets, with a peer made of java.net.Socket. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class Socks5TransferTest {

    private static final String HASH = "98b8d688d0f5d895fd41c5e7309a2e9e33ba32ff";

    private final Wires wires = new Wires();
    private final BlockingQueue<StreamEnd> ends = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        wires.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 65_535, 65_536, 65_537, 5_000_000})
    void aFileOfAnySizeIsSentAndTheOutputClosedRightAfterIt(long size) throws Exception {
        try (Socket target = sending(size, 10_000)) {
            assertThat(readToEnd(target)).isEqualTo(size);
            hangUp(target);
            StreamEnd end = end();
            assertThat(end.complete()).isTrue();
            assertThat(end.octets()).isEqualTo(size);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 65_535, 65_536, 65_537, 5_000_000})
    void aFileOfAnySizeIsReceivedAlthoughTheSenderNeverCloses(long size) throws Exception {
        Verifier verifier = new Verifier();
        try (Receiving receiving = receiving(OptionalLong.of(size), verifier)) {
            write(receiving.sender, size);
            assertThat(verifier.await(Duration.ofSeconds(20))).isTrue();
            assertThat(verifier.complete()).isTrue();
            assertThat(verifier.right()).isTrue();
            assertThat(verifier.octets()).isEqualTo(size);
            receiving.source.confirm();
            assertThat(end().octets()).isEqualTo(size);
            assertThat(receiving.sender.getInputStream().read())
                    .as("closed after the confirmation")
                    .isEqualTo(-1);
        }
    }

    @Test
    void anEmptyFileIsCompleteWhenTheConnectionEnds() throws Exception {
        Verifier verifier = new Verifier();
        try (Receiving receiving = receiving(OptionalLong.of(0), verifier)) {
            hangUp(receiving.sender);
            assertThat(verifier.await(Duration.ofSeconds(5))).isTrue();
            assertThat(verifier.complete()).isTrue();
            receiving.source.confirm();
            assertThat(end().complete()).isTrue();
        }
    }

    @Test
    void withoutAnAgreedSizeTheEndIsTheEnd() throws Exception {
        Verifier verifier = new Verifier();
        try (Receiving receiving = receiving(OptionalLong.empty(), verifier)) {
            write(receiving.sender, 100_000);
            receiving.sender.shutdownOutput();
            assertThat(verifier.await(Duration.ofSeconds(5))).isTrue();
            assertThat(verifier.octets()).isEqualTo(100_000);
            assertThat(verifier.complete()).isTrue();
        }
    }

    @Test
    void anEndBeforeTheAgreedSizeIsAFailure() throws Exception {
        Verifier verifier = new Verifier();
        try (Receiving receiving = receiving(OptionalLong.of(100_000), verifier)) {
            write(receiving.sender, 99_999);
            hangUp(receiving.sender);
            assertThat(verifier.await(Duration.ofSeconds(5))).isTrue();
            assertThat(verifier.failure().orElseThrow().reason()).isEqualTo(Reason.TRUNCATED);
            assertThat(end().failure().orElseThrow().reason()).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void moreThanAgreedIsAFailure() throws Exception {
        Verifier verifier = new Verifier();
        try (Receiving receiving = receiving(OptionalLong.of(10), verifier)) {
            write(receiving.sender, 11);
            assertThat(verifier.await(Duration.ofSeconds(5))).isTrue();
            assertThat(verifier.failure().orElseThrow().reason()).isEqualTo(Reason.OVERRUN);
        }
    }

    @Test
    void aSenderIsStoppedByAReaderThatTakesNothing() throws Exception {
        List<Runnable> demands = new ArrayList<>();
        Verifier verifier = new Verifier(demands::add);
        try (Receiving receiving = receiving(OptionalLong.of(64 * 1024 * 1024), verifier)) {
            long accepted = writeUntilStopped(receiving.sender);
            assertThat(verifier.octets()).isZero();
            assertThat(accepted).as("what the sockets of both sides hold").isLessThan(16 * 1024 * 1024);
            receiving.source.abort(new StreamFailure(Reason.CANCELLED, "enough"));
            assertThat(end().octets()).as("not read without demand").isZero();
        }
    }

    @Test
    void theSourceIsStoppedByATargetThatTakesNothing() throws Exception {
        Generator file = new Generator(64 * 1024 * 1024, 65_536, wires.owner);
        try (Socket target = sending(file)) {
            long before = -1;
            while (file.given() != before || before <= 0) {
                before = file.given();
                LockSupport.parkNanos(200_000_000L); // not for luck: until two looks see no difference
            }
            assertThat(file.given()).isLessThan(16 * 1024 * 1024);
            hangUp(target);
            assertThat(end().failure().orElseThrow().reason()).isEqualTo(Reason.BROKEN);
            assertThat(file.cancelled()).isTrue();
        }
    }

    @Test
    void aSourceThatFailsResetsTheConnection() throws Exception {
        // More than the sockets of both sides hold, so that it cannot be over before the source fails.
        Generator file = new Generator(64 * 1024 * 1024, 65_536, wires.owner);
        try (Socket target = sending(file)) {
            assertThat(target.getInputStream().readNBytes(1_000)).hasSize(1_000);
            sinks.take().onError(new IllegalStateException("the other side hung up"));
            assertThat(end().complete()).isFalse();
            assertThat(endsInAReset(target)).isTrue();
        }
    }

    @Test
    void aReaderThatAbortsResetsTheConnection() throws Exception {
        try (Receiving receiving = receiving(OptionalLong.of(100_000), new Verifier())) {
            write(receiving.sender, 1_000);
            receiving.source.abort(new StreamFailure(Reason.CANCELLED, "no"));
            assertThat(end().failure().orElseThrow().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(endsInAReset(receiving.sender)).isTrue();
        }
    }

    @Test
    void aPeerThatSendsNothingIsIdle() throws Exception {
        Verifier verifier = new Verifier();
        Socks5Limits impatient = Socks5Limits.defaults().withQuiet(Duration.ofMillis(400));
        try (Receiving receiving = receiving(OptionalLong.of(10), verifier, impatient)) {
            assertThat(verifier.await(Duration.ofSeconds(5))).isTrue();
            assertThat(end().failure().orElseThrow().reason()).isEqualTo(Reason.IDLE);
            assertThat(receiving.sender.isClosed()).isFalse();
        }
    }

    @Test
    void octetsOfTheTargetAreDropped() throws Exception {
        try (Socket target = sending(1_000_000, 65_536)) {
            target.getOutputStream().write(new byte[100_000]);
            assertThat(readToEnd(target)).isEqualTo(1_000_000);
            hangUp(target);
            assertThat(end().complete()).isTrue();
        }
    }

    private final BlockingQueue<Socks5Sink> sinks = new LinkedBlockingQueue<>();

    private Socket sending(long size, int block) throws Exception {
        return sending(new Generator(size, block, wires.owner));
    }

    private Socket sending(Generator file) throws Exception {
        wires.server.register(HASH, connection -> {
            Socks5Sink sink = new Socks5Sink(connection, Socks5Limits.defaults(), ends::add);
            sink.start();
            file.subscribe(sink);
            sinks.add(sink);
        });
        return wires.target(HASH);
    }

    /** A source whose sender is a plain socket. */
    private record Receiving(Socket sender, ServerSocket host, ByteStreamSource source) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            sender.close();
            host.close();
        }
    }

    private Receiving receiving(OptionalLong agreed, Verifier verifier) throws Exception {
        return receiving(agreed, verifier, Socks5Limits.defaults());
    }

    private Receiving receiving(OptionalLong agreed, Verifier verifier, Socks5Limits limits) throws Exception {
        ServerSocket host = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        BlockingQueue<Socks5Connection> connected = new LinkedBlockingQueue<>();
        new Socks5Dialer(wires.loops, DialLimits.defaults())
                .dial(
                        new InetSocketAddress(host.getInetAddress(), host.getLocalPort()),
                        HASH,
                        new ClientHandshake.Listener() {
                            @Override
                            public void connected(Socks5Connection connection) {
                                connected.add(connection);
                            }

                            @Override
                            public void failed(String why) {
                                throw new AssertionError(why);
                            }
                        });
        Socket sender = host.accept();
        sender.setSoTimeout(20_000);
        assertThat(Wires.letIn(sender)).isEqualTo(HASH);
        Socks5Source source = new Socks5Source(connected.poll(5, TimeUnit.SECONDS), agreed, limits, ends::add);
        source.start();
        source.subscribe(verifier);
        return new Receiving(sender, host, source);
    }

    private static void hangUp(Socket socket) throws IOException {
        socket.close();
    }

    private StreamEnd end() throws InterruptedException {
        StreamEnd end = ends.poll(20, TimeUnit.SECONDS);
        assertThat(end).as("told how it ended").isNotNull();
        return end;
    }

    private static void write(Socket socket, long size) throws IOException {
        OutputStream out = socket.getOutputStream();
        for (long at = 0; at < size; ) {
            byte[] octets = new byte[(int) Math.min(30_000, size - at)];
            Generator.fill(octets, at);
            out.write(octets);
            at += octets.length;
        }
    }

    private static long readToEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] octets = new byte[10_000];
        long at = 0;
        for (int n = in.read(octets); n >= 0; n = in.read(octets)) {
            for (int i = 0; i < n; i++) {
                if (octets[i] != Generator.octet(at + i)) {
                    throw new AssertionError("octet " + (at + i));
                }
            }
            at += n;
        }
        return at;
    }

    /** Writes from a thread of its own until it blocks for a while; how much went. */
    private static long writeUntilStopped(Socket socket) throws InterruptedException {
        AtomicLong went = new AtomicLong();
        Thread writer = new Thread(() -> {
            try {
                byte[] octets = new byte[65_536];
                while (true) {
                    socket.getOutputStream().write(octets);
                    went.addAndGet(octets.length);
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        writer.setDaemon(true);
        writer.start();
        long before = -1;
        while (went.get() != before || before <= 0) {
            before = went.get();
            LockSupport.parkNanos(300_000_000L); // not for luck: until two looks see no difference
        }
        return went.get();
    }

    private static boolean endsInAReset(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            byte[] octets = new byte[10_000];
            while (in.read(octets) >= 0) {
                assertThat(octets).isNotNull();
            }
            return false;
        } catch (IOException reset) {
            return String.valueOf(reset.getMessage()).toLowerCase(Locale.ROOT).contains("reset");
        }
    }
}
