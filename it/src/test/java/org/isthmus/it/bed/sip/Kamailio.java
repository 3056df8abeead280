package org.isthmus.it.bed.sip;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;
import org.isthmus.it.bed.Ports;

/**
 * Debian's Kamailio (5.6) as registrar and proxy of one SIP domain on 127.0.0.1, UDP and TCP on one port. Registrations live in
 * memory: they are gone after {@link #kill} and {@link #start}.
 */
public final class Kamailio implements AutoCloseable {

    private final Bed bed;
    private final Path folder;
    private final String domain;
    private final int port = Ports.free();
    private ChildProcess process;

    private Kamailio(Bed bed, String domain, Map<String, String> gateways) {
        this.bed = bed;
        this.domain = domain;
        this.folder = bed.folder("kamailio");
        bed.write(
                folder,
                "kamailio.cfg",
                Map.of(
                        "LOG_LEVEL", System.getProperty("isthmus.bed.kamailio.log", "0"),
                        "DOMAIN", domain,
                        "PORT", Integer.toString(port),
                        "GATEWAYS",
                                new TreeMap<>(gateways)
                                        .entrySet().stream()
                                                .map(e -> "    if ($rd == \"%s\") { $du = \"%s\"; route(RELAY); }"
                                                        .formatted(e.getKey(), e.getValue()))
                                                .collect(joining("\n"))));
        process = launch();
    }

    /**
     * Starts a proxy; it answers when this returns.
     *
     * @param domain the SIP domain that it is responsible for
     * @param gateways other domains, and the SIP URI where requests for each are sent
     */
    public static Kamailio start(Bed bed, String domain, Map<String, String> gateways) {
        return new Kamailio(bed, domain, gateways);
    }

    public String domain() {
        return domain;
    }

    /** The port, UDP and TCP. */
    public int port() {
        return port;
    }

    /** {@code user@domain}. */
    public String address(String user) {
        return user + "@" + domain;
    }

    /** Starts the proxy again after {@link #stop} or {@link #kill}, without registrations. */
    public void start() {
        process = launch();
    }

    /** Ends the proxy as its operator would. */
    public void stop() {
        process.terminate(Duration.ofSeconds(10)).awaitFreed(port);
    }

    /** Ends the proxy by SIGKILL. */
    public void kill() {
        process.kill().awaitFreed(port);
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess launch() {
        return bed.start(
                        "kamailio",
                        folder,
                        List.of(
                                "kamailio",
                                "-f",
                                folder.resolve("kamailio.cfg").toString(),
                                "-m",
                                "512", // MiB shared; used as needed
                                "-M",
                                "16",
                                "-DD", // in the foreground
                                "-E",
                                "-w",
                                folder.toString(),
                                "-Y",
                                folder.toString(),
                                "-P",
                                folder.resolve("kamailio.pid").toString()),
                        Map.of())
                .awaitTcp(port)
                .awaitUdp(port);
    }
}
