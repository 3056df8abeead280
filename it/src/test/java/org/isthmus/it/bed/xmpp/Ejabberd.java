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

/**
 * Debian's ejabberd (23.01), run by {@code erl} directly and without a node name: so there is no epmd, no cookie and no trouble
 * with host names, and several may run side by side.
 */
public final class Ejabberd implements XmppServer {

    private static final String READY = "accounts are there";

    private final Bed bed;
    private final Plan plan;
    private final Path folder;
    private final int clientPort = Ports.free();
    private final int componentPort = Ports.free();
    private ChildProcess process;

    private Ejabberd(Bed bed, Plan plan) {
        this.bed = bed;
        this.plan = plan;
        this.folder = bed.folder("ejabberd");
        bed.write(
                folder,
                "ejabberd.yml",
                Map.of(
                        "DOMAIN", plan.domain(),
                        "LOG_LEVEL", System.getProperty("isthmus.bed.ejabberd.log", "info"),
                        "CLIENT_PORT", Integer.toString(clientPort),
                        "COMPONENT_PORT", Integer.toString(componentPort),
                        "COMPONENTS",
                                plan.components().stream()
                                        .map(c -> "      %s:\n        password: \"%s\"\n"
                                                .formatted(c.domain(), c.secret()))
                                        .collect(joining())));
        process = launch();
    }

    /** Starts a server; it accepts clients and components when this returns. */
    public static Ejabberd start(Bed bed, Plan plan) {
        return new Ejabberd(bed, plan);
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
        return "ejabberd";
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
        String config = folder.resolve("ejabberd.yml").toString();
        String log = folder.resolve("ejabberd-own.log").toString();
        return bed.start(
                        "ejabberd",
                        folder,
                        List.of(
                                "erl",
                                "+K",
                                "true",
                                "-noinput",
                                "-boot",
                                "start_clean",
                                "-pa",
                                beams().toString(),
                                "-mnesia",
                                "dir",
                                "\"" + folder.resolve("mnesia") + "\"",
                                "-s",
                                "ejabberd",
                                "-eval",
                                "ejabberd:start(), " + registration() + ", io:format(\"" + READY + "~n\")."),
                        Map.of(
                                "EJABBERD_CONFIG_PATH", config,
                                "EJABBERD_LOG_PATH", log,
                                "ERL_CRASH_DUMP",
                                        folder.resolve("erl_crash.dump").toString()))
                .awaitOutput(READY)
                .awaitTcp(clientPort)
                .awaitTcp(componentPort);
    }

    private String registration() {
        return "[ejabberd_auth:try_register(U, <<\"%s\">>, <<\"%s\">>) || U <- [%s]]"
                .formatted(
                        plan.domain(),
                        PASSWORD,
                        plan.users().stream().map(u -> "<<\"" + u + "\">>").collect(joining(",")));
    }

    /** Where Debian keeps the compiled modules: {@code /usr/lib/<architecture>/ejabberd-<version>/ebin}. */
    private static Path beams() {
        try (var architectures = Files.newDirectoryStream(Path.of("/usr/lib"))) {
            for (Path architecture : architectures) {
                if (!Files.isDirectory(architecture)) {
                    continue;
                }
                try (var found = Files.newDirectoryStream(architecture, "ejabberd-*")) {
                    for (Path ejabberd : found) {
                        if (Files.isDirectory(ejabberd.resolve("ebin"))) {
                            return ejabberd.resolve("ebin");
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no /usr/lib/*/ejabberd-*/ebin: bin/install-test-tools installs ejabberd");
    }
}
