package org.isthmus.it.bed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * One program run in the foreground as a child of this JVM. Its output, both streams, goes to {@code <name>.log} in its folder;
 * a later run of the same name in the same folder appends.
 *
 * <p><b>No run outlives the JVM.</b> A shutdown hook kills what still runs; and against the death of the JVM itself the kernel
 * is asked to send SIGTERM ({@code PR_SET_PDEATHSIG}). The kernel means the death of the <em>thread</em> that forked, so
 * that all children are started by one thread that lives as long as the JVM.
 *
 * <p>Any thread.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Pattern TERMINAL_CONTROL =
            Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F]");

    private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "bed-starter");
        thread.setDaemon(true);
        return thread;
    });

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(ChildProcess::killTree), "bed-leftovers"));
    }

    private final String name;
    private final Process process;
    private final Path log;
    private final long logStart;

    private ChildProcess(String name, Process process, Path log, long logStart) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /**
     * Starts a program.
     *
     * @param name of the run, for the log file and for people
     * @param folder working folder and HOME, given to the account that the program runs as
     * @param environment in addition to this JVM's
     */
    static ChildProcess start(
            String name, Path folder, List<String> command, Map<String, String> environment, ServerAccount account) {
        List<String> line = new ArrayList<>(account.prefix());
        line.addAll(command);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try {
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            account.own(folder);
            Process process = STARTER.submit(builder::start).get();
            ChildProcess child = new ChildProcess(name, process, log, logStart);
            RUNNING.add(child);
            process.onExit().thenRun(() -> RUNNING.remove(child));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(name + " could not be started: " + String.join(" ", command), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while starting", e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Types a line into the program. */
    public void type(String line) {
        try {
            Writer keyboard = process.outputWriter(StandardCharsets.UTF_8);
            keyboard.write(line);
            keyboard.write('\n');
            keyboard.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " no longer listens to its standard input\n" + tail(20), e);
        }
    }

    /** Waits until the program accepts TCP connections on the port; fails with its last words when it ends before. */
    public ChildProcess awaitTcp(int port) {
        return awaitThat("TCP port " + port, () -> Ports.tcpListens(port));
    }

    /** Waits until the program holds the UDP port. */
    public ChildProcess awaitUdp(int port) {
        return awaitThat("UDP port " + port, () -> Ports.udpBound(port));
    }

    /** Waits until the output of this run contains a match. */
    public ChildProcess awaitOutput(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return awaitThat(
                "output /" + regex + "/", () -> pattern.matcher(output()).find());
    }

    /** Waits until a file that the program writes contains a match. */
    public ChildProcess awaitFile(Path file, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return awaitThat("/" + regex + "/ in " + file, () -> {
            try {
                return Files.exists(file)
                        && pattern.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                                .find();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits for the end of the program. */
    public int awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " still runs after " + patience + "\n" + tail(40));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while waiting", e);
        }
    }

    /** What this run has printed so far, without colours and other terminal controls. */
    public String output() {
        try (var channel = Files.newByteChannel(log)) {
            channel.position(logStart);
            String text = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            return TERMINAL_CONTROL.matcher(text).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of the output, headed by whose they are. */
    public String tail(int lines) {
        List<String> all = output().lines().toList();
        return "--- last lines of " + name + " (pid " + pid() + (alive() ? ", runs" : ", ended") + ", " + log + ")\n"
                + String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    /** SIGTERM, and SIGKILL when that was not heard within the time. */
    public ChildProcess terminate(Duration patience) {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                killTree();
            }
        } catch (InterruptedException e) {
            killTree();
            Thread.currentThread().interrupt();
        }
        return this;
    }

    /** SIGSTOP: the program stays, with its sockets, and does nothing until {@link #resume}. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + name + " " + pid() + " failed\n" + tail(20));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL to the program and all that it started: the power cut among the ways to end. */
    public ChildProcess kill() {
        killTree();
        awaitExit(PATIENCE);
        return this;
    }

    /** Waits until nobody holds the ports any more; the children of a killed program may live a moment longer than it. */
    public void awaitFreed(int... ports) {
        for (int port : ports) {
            await().alias(name + ": port " + port + " freed")
                    .atMost(PATIENCE)
                    .pollInterval(POLL)
                    .pollDelay(Duration.ZERO)
                    .until(() -> !Ports.tcpListens(port) && !Ports.udpBound(port));
        }
    }

    /** Ends the program by SIGKILL: nothing it could still say would be read, and nothing it could save would be kept. */
    @Override
    public void close() {
        if (alive()) {
            kill();
        }
    }

    private void killTree() {
        // Seen before the parent dies, because orphans change their parent.
        List<ProcessHandle> tree = new ArrayList<>(process.descendants()
                .sorted(Comparator.comparing(ProcessHandle::pid))
                .toList());
        process.destroyForcibly();
        tree.forEach(ProcessHandle::destroyForcibly);
    }

    private ChildProcess awaitThat(String what, BooleanSupplier condition) {
        await().alias(name + ": " + what)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    if (condition.getAsBoolean()) {
                        return true;
                    }
                    if (!alive()) {
                        throw new IllegalStateException(
                                name + " ended with " + process.exitValue() + " before " + what + "\n" + tail(40));
                    }
                    return false;
                });
        return this;
    }
}
