package org.isthmus.bytestream.socks5.dial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isthmus.bytestream.NoLeaks;
import org.isthmus.bytestream.socks5.Wires;
import org.isthmus.bytestream.socks5.dial.CandidateRace.Result;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
@Timeout(60)
class CandidateRaceTest {

    private static final String HASH = "98b8d688d0f5d895fd41c5e7309a2e9e33ba32ff";
    private static final DialLimits QUICK = new DialLimits(
            Duration.ofMillis(800), Duration.ofMillis(150), Duration.ofSeconds(2), 4, 2, Duration.ofSeconds(2));

    private final Wires wires = new Wires();
    private final BlockingQueue<Result> results = new LinkedBlockingQueue<>();
    private final List<ServerSocket> hosts = new ArrayList<>();
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : accepted) {
            socket.close();
        }
        for (ServerSocket host : hosts) {
            host.close();
        }
        wires.close();
    }

    /** A host that accepts and lets in, or accepts and says nothing. */
    private StreamHost host(String name, boolean answers) throws IOException {
        ServerSocket host = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        hosts.add(host);
        Thread accepting = new Thread(() -> {
            try {
                while (true) {
                    Socket socket = host.accept();
                    accepted.add(socket);
                    if (answers) {
                        Wires.letIn(socket);
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        return new StreamHost(name, "127.0.0.1", host.getLocalPort());
    }

    private StreamHost dead() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new StreamHost("dead", "127.0.0.1", closed.getLocalPort());
        }
    }

    private CandidateRace race() {
        return race(QUICK);
    }

    private CandidateRace race(DialLimits limits) {
        return new CandidateRace(
                new Socks5Dialer(wires.loops, limits), HostResolver.platform(Runnable::run), Wires.LOOPBACK, limits);
    }

    private Result run(StreamHost... candidates) throws InterruptedException {
        return run(QUICK, candidates);
    }

    private Result run(DialLimits limits, StreamHost... candidates) throws InterruptedException {
        race(limits).start(List.of(candidates), HASH, wires.owner, results::add);
        Result result = results.poll(10, TimeUnit.SECONDS);
        assertThat(result).isNotNull();
        if (result instanceof Result.Won won) {
            won.connection().close();
        }
        return result;
    }

    private static String winner(Result result) {
        assertThat(result).isInstanceOf(Result.Won.class);
        return ((Result.Won) result).host().jid();
    }

    @Test
    void theFirstThatAnswersWins() throws Exception {
        assertThat(winner(run(host("first", true), host("second", true)))).isEqualTo("first");
        assertThat(accepted).as("the second was not even tried").hasSize(1);
    }

    @Test
    void aSilentCandidateOnlyHasItsHeadStart() throws Exception {
        DialLimits patient = new DialLimits(
                Duration.ofSeconds(20), Duration.ofMillis(150), Duration.ofSeconds(20), 4, 2, Duration.ofSeconds(2));
        long began = System.nanoTime();
        assertThat(winner(run(patient, host("silent", false), host("second", true))))
                .isEqualTo("second");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(140L, 10_000L);
    }

    @Test
    void aDeadCandidatePassesItsTurnOnAtOnce() throws Exception {
        assertThat(winner(run(dead(), dead(), host("third", true)))).isEqualTo("third");
    }

    @Test
    void whatIsForbiddenIsNotDialled() throws Exception {
        StreamHost good = host("good", true);
        StreamHost metadata = new StreamHost("m", "169.254.169.254", 7777);
        StreamHost service = new StreamHost("s", "127.0.0.1", 25);
        assertThat(winner(run(metadata, service, good))).isEqualTo("good");
        assertThat(((Result.Lost) run(metadata, service)).why()).isEqualTo("0 not reached, 2 not permitted");
    }

    @Test
    void aNameThatPointsToAForbiddenAddressIsNotDialled() throws Exception {
        CandidateRace elsewhere = new CandidateRace(
                new Socks5Dialer(wires.loops, QUICK),
                (name, found) -> found.accept(List.of(InetAddress.getLoopbackAddress())),
                DialPolicy.within(List.of(IpNetwork.parse("10.0.0.0/8"))),
                QUICK);
        elsewhere.start(List.of(new StreamHost("h", "inside.x.test", 7777)), HASH, wires.owner, results::add);
        assertThat(((Result.Lost) results.poll(10, TimeUnit.SECONDS)).why()).contains("1 not permitted");
    }

    @Test
    void allTogetherHaveALimit() throws Exception {
        long began = System.nanoTime();
        Result result = run(host("a", false), host("b", false), host("c", false), host("d", false));
        assertThat(result).isInstanceOf(Result.Lost.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(4_000);
    }

    @Test
    void onlySoManyCandidatesAreTried() throws Exception {
        assertThat(run(dead(), dead(), dead(), dead(), host("fifth", true))).isInstanceOf(Result.Lost.class);
        assertThat(accepted).isEmpty();
    }

    @Test
    void aCancelledRaceSaysNothing() throws Exception {
        StreamHost silent = host("silent", false);
        wires.owner.execute(() -> {
            CandidateRace.Running running = race().start(List.of(silent), HASH, wires.owner, results::add);
            wires.owner.execute(running::cancel);
        });
        assertThat(results.poll(1_500, TimeUnit.MILLISECONDS)).isNull();
    }
}
