package org.isthmus.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.gateway.GatewayFiles;
import org.isthmus.it.bed.gateway.GatewayProcess;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppServer;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;

/**
 * Messages through the gateway against what its XMPP server does alone, in one run: P3 (rate), P4 (one-way latency), the
 * gateway's CPU for each message, and P12 (start, heap, jar). Prints a Markdown table. One XMPP user stands for all on that
 * side: a bare component ({@link BareComponent}) that the gateway reaches through the server like any client, so that no client
 * library is measured.
 */
public final class GatewayBench {

    private static final int WARM = 5_000;
    private static final int MESSAGES = 20_000;
    private static final int PAIRS = 200;
    private static final int WINDOW = 2_000;
    private static final int PROBES = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private GatewayBench() {}

    public static void main(String[] args) throws Exception {
        say("| Measure | Server | Through the gateway | Server alone | Ratio |");
        say("|---|---|---|---|---|");
        for (Brand brand : Brand.values()) {
            try (Bed bed = new Bed()) {
                new GatewayBench().run(bed, brand);
            }
        }
    }

    /** Arrivals by body, and how to wait for them. */
    private static final class Arrivals implements Consumer<String> {
        private final ConcurrentHashMap<String, Long> at = new ConcurrentHashMap<>();
        private final AtomicInteger count = new AtomicInteger();
        private final Semaphore window = new Semaphore(WINDOW);

        @Override
        public void accept(String body) {
            if (at.putIfAbsent(body, System.nanoTime()) == null) {
                count.incrementAndGet();
                window.release();
            }
        }

        void sending() throws InterruptedException {
            if (!window.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("only " + count + " arrived");
            }
        }

        void await(int wanted) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (count.get() < wanted) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(count + " of " + wanted + " arrived");
                }
                LockSupport.parkNanos(200_000);
            }
        }
    }

    private interface Send {
        void one(int number, String body) throws IOException;

        void flush() throws IOException;
    }

    private void run(Bed bed, Brand brand) throws Exception {
        XmppServer.Plan plan = new XmppServer.Plan(
                Crossing.HOSPITAL,
                List.of(
                        new XmppServer.Component(Crossing.CAMPUS_ON_XMPP, "a secret"),
                        new XmppServer.Component("wards.hospital.test", "b secret"),
                        new XmppServer.Component("spare.hospital.test", "c secret")),
                List.of("romeo"));
        XmppServer server = brand.start(bed, plan);
        int gatewayPort = Ports.free();
        int campusPort = Ports.free();
        GatewayFiles files = new GatewayFiles(bed.folder("isthmus"))
                .link(server, Crossing.CAMPUS_ON_XMPP)
                .listen(Transport.TCP, gatewayPort)
                .partner(
                        "campus",
                        List.of(Crossing.CAMPUS),
                        "127.0.0.1/32",
                        "sip:127.0.0.1:" + campusPort + ";transport=tcp")
                .mapping("campus", "campus", Crossing.CAMPUS, Crossing.CAMPUS_ON_XMPP, "wards.hospital.test")
                .ops(Ports.free());
        Arrivals atSip = new Arrivals();
        Arrivals atWards = new Arrivals();
        Arrivals atSpare = new Arrivals();
        bed.own(BareSip.answering(campusPort, atSip));
        BareComponent wards =
                bed.own(BareComponent.attach(server, plan.components().get(1), atWards));
        bed.own(BareComponent.attach(server, plan.components().get(2), atSpare));
        long began = System.nanoTime();
        GatewayProcess gateway = GatewayProcess.start(bed, files, "-Xmx512m");
        double ready = (System.nanoTime() - began) / 1e9;
        BareSip students = bed.own(BareSip.sending(gatewayPort, status -> {}));
        Send fromSip = sip(students);
        Send fromXmpp = component(wards, i -> "ward" + i % PAIRS, i -> Crossing.onXmpp("student" + i % PAIRS));
        Send direct = component(wards, i -> "ward" + i % PAIRS, i -> "x" + i % PAIRS + "@spare.hospital.test");
        rate(fromSip, atWards, "warm-s", WARM);
        rate(fromXmpp, atSip, "warm-x", WARM);
        rate(direct, atSpare, "warm-d", WARM);

        double alone = rate(direct, atSpare, "d", MESSAGES);
        Duration cpu = gateway.processorTime();
        double up = rate(fromSip, atWards, "s", MESSAGES);
        Duration cpuUp = gateway.processorTime().minus(cpu);
        cpu = gateway.processorTime();
        double down = rate(fromXmpp, atSip, "x", MESSAGES);
        Duration cpuDown = gateway.processorTime().minus(cpu);
        String name = brand.name().toLowerCase(Locale.ROOT);
        row("P3 SIP to XMPP, messages/s, 200 pairs, window " + WINDOW, name, up, alone, "%.0f");
        row("P3 XMPP to SIP, messages/s, 200 pairs, window " + WINDOW, name, down, alone, "%.0f");
        say(String.format(
                Locale.ROOT,
                "| P2 gateway CPU a message, µs (bare JAIN-SIP: not measured) | %s | SIP to XMPP %.0f, XMPP to SIP %.0f | | |",
                name,
                cpuUp.toNanos() / 1e3 / MESSAGES,
                cpuDown.toNanos() / 1e3 / MESSAGES));
        double[] aloneMs = latency(direct, atSpare, "ld");
        double[] upMs = latency(fromSip, atWards, "ls");
        double[] downMs = latency(fromXmpp, atSip, "lx");
        row("P4 one way at 100/s, SIP to XMPP, p50 ms", name, upMs[0], aloneMs[0], "%.2f");
        row("P4 one way at 100/s, SIP to XMPP, p99 ms", name, upMs[1], aloneMs[1], "%.2f");
        row("P4 one way at 100/s, XMPP to SIP, p50 ms", name, downMs[0], aloneMs[0], "%.2f");
        row("P4 one way at 100/s, XMPP to SIP, p99 ms", name, downMs[1], aloneMs[1], "%.2f");
        double jvm = javaStart();
        say(String.format(
                Locale.ROOT,
                "| P12 start to handshake, s | %s | %.2f | %.2f (java -version) | %.1f |",
                name,
                ready,
                jvm,
                ready / jvm));
        say(String.format(
                Locale.ROOT,
                "| P12 jar, MB (10^6) | %s | %.1f | | |",
                name,
                Files.size(Path.of(System.getProperty("isthmus.gateway.jar"))) / 1e6));
    }

    private static Send sip(BareSip students) {
        return new Send() {
            @Override
            public void one(int i, String body) throws IOException {
                students.send(
                        "student" + i % PAIRS + "@campus.test", "ward" + i % PAIRS + "@wards.hospital.test", body);
            }

            @Override
            public void flush() throws IOException {
                students.flush();
            }
        };
    }

    private static Send component(
            BareComponent sender,
            java.util.function.IntFunction<String> from,
            java.util.function.IntFunction<String> to) {
        return new Send() {
            @Override
            public void one(int i, String body) throws IOException {
                sender.send(from.apply(i), to.apply(i), body);
            }

            @Override
            public void flush() throws IOException {
                sender.flush();
            }
        };
    }

    /** Messages a second, from the first write to the last arrival. */
    private static double rate(Send send, Arrivals arrivals, String prefix, int count) throws Exception {
        int before = arrivals.count.get();
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            arrivals.sending();
            send.one(i, prefix + "-" + i);
            if (i % 50 == 49) {
                send.flush();
            }
        }
        send.flush();
        arrivals.await(before + count);
        return count / ((System.nanoTime() - began) / 1e9);
    }

    /** p50 and p99 in milliseconds of single messages, one every 10 ms. */
    private static double[] latency(Send send, Arrivals arrivals, String prefix) throws Exception {
        int before = arrivals.count.get();
        List<Long> sent = new ArrayList<>();
        long next = System.nanoTime();
        for (int i = 0; i < PROBES; i++) {
            while (System.nanoTime() < next) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
            next += Duration.ofMillis(10).toNanos();
            arrivals.sending();
            sent.add(System.nanoTime());
            send.one(i, prefix + "-" + i);
            send.flush();
        }
        arrivals.await(before + PROBES);
        double[] ms = new double[PROBES];
        for (int i = 0; i < PROBES; i++) {
            ms[i] = (arrivals.at.get(prefix + "-" + i) - sent.get(i)) / 1e6;
        }
        Arrays.sort(ms);
        return new double[] {ms[PROBES / 2], ms[PROBES * 99 / 100]};
    }

    private static double javaStart() throws IOException, InterruptedException {
        double[] seconds = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            long began = System.nanoTime();
            Process java = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-version")
                    .redirectErrorStream(true)
                    .start();
            java.getInputStream().readAllBytes();
            java.waitFor();
            seconds[i] = (System.nanoTime() - began) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[seconds.length / 2];
    }

    private static void row(String measure, String server, double through, double alone, String format) {
        say(String.format(
                Locale.ROOT,
                "| %s | %s | " + format + " | " + format + " | %.2f |",
                measure,
                server,
                through,
                alone,
                through / alone));
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
