package org.isthmus.it.bed.xmpp;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;
import org.isthmus.it.bed.Ports;

/** Debian's Prosody (0.12). */
public final class Prosody implements XmppServer {

    private final Bed bed;
    private final Plan plan;
    private final Path folder;
    private final int clientPort = Ports.free();
    private final int componentPort = Ports.free();
    private ChildProcess process;

    private Prosody(Bed bed, Plan plan) {
        this.bed = bed;
        this.plan = plan;
        this.folder = bed.folder("prosody");
        bed.write(
                folder,
                "prosody.cfg.lua",
                Map.of(
                        "FOLDER", folder.toString(),
                        "LOG_LEVEL", System.getProperty("isthmus.bed.prosody.log", "info"),
                        "CLIENT_PORT", Integer.toString(clientPort),
                        "COMPONENT_PORT", Integer.toString(componentPort),
                        "NAGLE", "false",
                        "DOMAIN", plan.domain(),
                        "COMPONENTS",
                                plan.components().stream()
                                        .map(c -> "Component \"%s\"\n  component_secret = \"%s\"\n"
                                                .formatted(c.domain(), c.secret()))
                                        .collect(joining())));
        writeAccounts();
        process = launch();
    }

    /** Starts a server; it accepts clients and components when this returns. */
    public static Prosody start(Bed bed, Plan plan) {
        return new Prosody(bed, plan);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public int componentPort() {
        return componentPort;
    }

    @Override
    public String software() {
        return "Prosody";
    }

    @Override
    public void start() {
        process = launch();
    }

    @Override
    public void stop() {
        process.terminate(Duration.ofSeconds(10)).awaitFreed(clientPort, componentPort);
    }

    @Override
    public void kill() {
        process.kill().awaitFreed(clientPort, componentPort);
    }

    @Override
    public void pause() {
        process.pause();
    }

    @Override
    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }

    private ChildProcess launch() {
        return bed.start(
                        "prosody",
                        folder,
                        List.of(
                                "prosody",
                                "--config",
                                folder.resolve("prosody.cfg.lua").toString(),
                                "-F"),
                        Map.of())
                .awaitTcp(clientPort)
                .awaitTcp(componentPort);
    }

    /** One file an account, as Prosody's own storage writes it: much faster than a run of prosodyctl for each. */
    private void writeAccounts() {
        try {
            Path accounts = Files.createDirectories(folder.resolve("data")
                    .resolve(plan.domain().replace(".", "%2e"))
                    .resolve("accounts"));
            for (String user : plan.users()) {
                Files.writeString(
                        accounts.resolve(user + ".dat"), "return { [\"password\"] = \"" + PASSWORD + "\"; };\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
