package org.isthmus.it.bed.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;

/** The gateway as a process of its own, run from the jar that ships. Its state stays in its folder from run to run. */
public final class GatewayProcess implements AutoCloseable {

    /** The runnable jar; set by the build and by the programs in {@code bin}. */
    private static final String JAR = "isthmus.gateway.jar";

    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Bed bed;
    private final GatewayFiles files;
    private final List<String> javaOptions;
    private final Path config;
    private final Path jar;
    private ChildProcess process;

    private GatewayProcess(Bed bed, GatewayFiles files, List<String> javaOptions) {
        this.bed = bed;
        this.files = files;
        this.javaOptions = List.copyOf(javaOptions);
        this.config = files.write();
        this.jar = program(files.folder());
        this.process = launch("run", "--config", config.toString());
    }

    /** Starts a gateway and waits until it says that it is ready. */
    public static GatewayProcess start(Bed bed, GatewayFiles files, String... javaOptions) {
        GatewayProcess gateway = startUnready(bed, files, javaOptions);
        gateway.process.awaitOutput("ready in ");
        return gateway;
    }

    /** Starts a gateway that perhaps will never be ready. */
    public static GatewayProcess startUnready(Bed bed, GatewayFiles files, String... javaOptions) {
        return new GatewayProcess(bed, files, List.of(javaOptions));
    }

    /** Starts the gateway again after {@link #terminate} or {@link #kill}, and waits until it is ready. */
    public void start() {
        process = launch("run", "--config", config.toString()).awaitOutput("ready in ");
    }

    /** Runs {@code check-config} on this gateway's configuration. */
    public ChildProcess checkConfig(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check-config", "--config", config.toString()));
        all.addAll(List.of(arguments));
        return launch(all.toArray(String[]::new));
    }

    /** SIGTERM; returns the exit code. */
    public int terminate() {
        process.terminate(DRAIN);
        return process.awaitExit(DRAIN);
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    public long pid() {
        return process.pid();
    }

    /** The time on processors that this run has used so far. */
    public Duration processorTime() {
        return ProcessHandle.of(process.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow();
    }

    /** What this run has printed so far. */
    public String log() {
        return process.output();
    }

    /** Waits until this run has printed a match. */
    public void awaitLog(String regex) {
        process.awaitOutput(regex);
    }

    /** The value of a metric without labels, when the gateway publishes it. */
    public Optional<Double> metric(String name) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + files.opsPort() + "/metrics"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> Double.valueOf(line.substring(name.length() + 1)))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(process.tail(40), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess launch(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(javaOptions);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return bed.start("isthmus", files.folder(), command, Map.of());
    }

    private Path java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!bed.mayExecute(java)) {
            throw new IllegalStateException(
                    java
                            + " cannot be executed by the account that test servers run as; use a JDK outside a private folder");
        }
        return java;
    }

    /** A copy that the servers' account can read, wherever the build stands. */
    private static Path program(Path folder) {
        Path built = Path.of(System.getProperty(JAR, "-Disthmus.gateway.jar is not set"));
        try {
            return Files.copy(built, folder.resolve("isthmus.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway's jar: " + built, e);
        }
    }
}
