package org.isthmus.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.gateway.GatewayFiles;
import org.isthmus.it.bed.gateway.GatewayProcess;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppServer;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;

/**
 * A steady load for a long time: 100 messages a second each way between 200 pairs. Prints, once a minute, what was sent and
 * what arrived, and the gateway's resident memory: the first should be equal, the second flat.
 */
public final class GatewaySoak {

    private static final int PAIRS = 200;
    private static final Duration STEP = Duration.ofMillis(10);

    private GatewaySoak() {}

    public static void main(String[] args) throws Exception {
        int minutes = args.length == 0 ? 60 : Integer.parseInt(args[0]);
        try (Bed bed = new Bed()) {
            XmppServer.Plan plan = new XmppServer.Plan(
                    Crossing.HOSPITAL,
                    List.of(
                            new XmppServer.Component(Crossing.CAMPUS_ON_XMPP, "a secret"),
                            new XmppServer.Component("wards.hospital.test", "b secret")),
                    List.of("romeo"));
            XmppServer server = Brand.PROSODY.start(bed, plan);
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
            AtomicInteger atSip = new AtomicInteger();
            AtomicInteger atXmpp = new AtomicInteger();
            bed.own(BareSip.answering(campusPort, body -> atSip.incrementAndGet()));
            BareComponent wards =
                    bed.own(BareComponent.attach(server, plan.components().get(1), body -> atXmpp.incrementAndGet()));
            GatewayProcess gateway = GatewayProcess.start(bed, files, "-Xmx256m");
            BareSip students = bed.own(BareSip.sending(gatewayPort, status -> {}));
            System.out.println("| Minute | Sent each way | Arrived at XMPP | Arrived at SIP | Resident MiB |");
            System.out.println("|---|---|---|---|---|");
            int sent = 0;
            long next = System.nanoTime();
            for (int minute = 1; minute <= minutes; minute++) {
                for (int i = 0; i < Duration.ofMinutes(1).dividedBy(STEP); i++) {
                    while (System.nanoTime() < next) {
                        LockSupport.parkNanos(next - System.nanoTime());
                    }
                    next += STEP.toNanos();
                    int pair = sent % PAIRS;
                    students.send(
                            "student" + pair + "@campus.test", "ward" + pair + "@wards.hospital.test", "s" + sent);
                    students.flush();
                    // another pair, so that no two people answer each other without end
                    wards.send("ward" + pair, Crossing.onXmpp("nurse" + pair), "x" + sent);
                    wards.flush();
                    sent++;
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %d | %d | %d |%n",
                        minute,
                        sent,
                        atXmpp.get(),
                        atSip.get(),
                        residentMiB(gateway.pid()));
            }
        }
    }

    private static long residentMiB(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElse(-1024)
                / 1024;
    }
}
