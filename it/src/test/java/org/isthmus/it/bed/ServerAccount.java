package org.isthmus.it.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Whose rights the servers run with: this JVM's, or those of Debian's {@code nobody} when the JVM runs as root, because
 * Prosody refuses root and a test bed has no business with it.
 *
 * @param uid the user and group to change to; empty: stay who we are
 */
record ServerAccount(OptionalInt uid) {

    private static final int NOBODY = 65_534;

    static ServerAccount current() {
        return new ServerAccount(
                "root".equals(System.getProperty("user.name")) ? OptionalInt.of(NOBODY) : OptionalInt.empty());
    }

    /** The words in front of a command that give it this account, and SIGTERM when the thread that started it ends. */
    List<String> prefix() {
        if (uid.isEmpty()) {
            return List.of("setpriv", "--pdeathsig", "TERM");
        }
        String id = Integer.toString(uid.getAsInt());
        return List.of("setpriv", "--reuid", id, "--regid", id, "--clear-groups", "--pdeathsig", "TERM");
    }

    /** Gives the folder and all in it to this account. */
    void own(Path folder) {
        if (uid.isEmpty()) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                Files.setAttribute(path, "unix:uid", uid.getAsInt());
                Files.setAttribute(path, "unix:gid", uid.getAsInt());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether this account may execute the file; false for a program below a private home folder, for instance. */
    boolean mayExecute(Path program) {
        if (uid.isEmpty()) {
            return Files.isExecutable(program);
        }
        String id = Integer.toString(uid.getAsInt());
        try {
            return new ProcessBuilder(
                                    "setpriv",
                                    "--reuid",
                                    id,
                                    "--regid",
                                    id,
                                    "--clear-groups",
                                    "test",
                                    "-x",
                                    program.toString())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
