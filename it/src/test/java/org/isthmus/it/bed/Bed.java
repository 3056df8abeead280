package org.isthmus.it.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Owns what one test class (or one demonstration) starts: a temporary folder, child processes and clients. Closing ends them in
 * reverse order and removes the folder, unless the system property {@code isthmus.bed.keep} is true.
 *
 * <p>As a JUnit extension it closes itself after the class and prints the last lines of every child when a test fails:
 *
 * <pre>{@code @RegisterExtension
 * static final Bed bed = new Bed();}</pre>
 *
 * <p>Any thread; beds share nothing, so that several may stand side by side.
 */
public final class Bed
        implements AutoCloseable,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {

    private static final int TAIL = 60;

    private final ServerAccount account = ServerAccount.current();
    private final Path root;
    private final AtomicInteger folders = new AtomicInteger();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    public Bed() {
        try {
            root = Files.createTempDirectory("isthmus-bed-");
            // Servers with other rights than ours pass through here into folders of their own.
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new folder that belongs to the account that servers run as. */
    public Path folder(String name) {
        try {
            Path folder = Files.createDirectory(root.resolve(name + "-" + folders.incrementAndGet()));
            account.own(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program that this bed will end. */
    public ChildProcess start(String name, Path folder, List<String> command, Map<String, String> environment) {
        return own(ChildProcess.start(name, folder, command, environment, account));
    }

    /** Closes the thing with the bed. */
    public synchronized <T extends AutoCloseable> T own(T thing) {
        owned.push(thing);
        return thing;
    }

    /** Whether the account that servers run as may execute the program. */
    public boolean mayExecute(Path program) {
        return account.mayExecute(program);
    }

    /** Writes a resource of the bed, {@code @NAME@} replaced by the value of NAME, which must be used. */
    public Path write(Path folder, String resource, Map<String, String> values) {
        try (var in = Bed.class.getResourceAsStream("/bed/" + resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource /bed/" + resource);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                String place = "@" + value.getKey() + "@";
                if (!text.contains(place)) {
                    throw new IllegalArgumentException(resource + ": no " + place);
                }
                text = text.replace(place, value.getValue());
            }
            return Files.writeString(folder.resolve(resource), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of everything started here. */
    public synchronized String tails() {
        StringBuilder text = new StringBuilder();
        owned.descendingIterator().forEachRemaining(thing -> {
            if (thing instanceof ChildProcess child) {
                text.append(child.tail(TAIL)).append('\n');
            }
        });
        return text.toString();
    }

    @Override
    public synchronized void close() {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                System.err.println("bed: " + e);
            }
        }
        if (!Boolean.getBoolean("isthmus.bed.keep")) {
            delete(root);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw reported(context, failure);
    }

    private Throwable reported(ExtensionContext context, Throwable failure) {
        System.err.println("=== " + context.getDisplayName() + " failed; what the bed says\n" + tails());
        return failure;
    }

    private static void delete(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("bed: " + tree + " is left: " + e);
        }
    }
}
