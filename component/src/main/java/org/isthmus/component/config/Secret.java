package org.isthmus.component.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret stands; never the secret itself, so it may be printed. A secret in the configuration file is refused.
 *
 * <p>{@link #get()} reads it anew each time and throws {@link IllegalStateException} in an operator's words when it cannot. A file
 * that others may read is warned about and used, because mounted secrets often come so; a file of another owner (root) may be
 * readable by its group, or the gateway could not read it.
 */
public sealed interface Secret extends Supplier<String> {

    /** More than any secret; keeps a wrong file from being sent to a server. */
    int MAX_OCTETS = 4096;

    /** What is unwise about the place, in an operator's words; the secret is used nevertheless. */
    default Optional<String> caution() {
        return Optional.empty();
    }

    /** Why it cannot be read now, in an operator's words; empty when it can. */
    default Optional<String> objection() {
        try {
            return get().isEmpty() ? Optional.of(this + " is empty") : Optional.empty();
        } catch (IllegalStateException unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }

    /** In a file of its own; a final line end does not belong to it. */
    record InFile(Path file) implements Secret {

        @Override
        public String toString() {
            return "secret file " + file;
        }

        @Override
        public String get() {
            try {
                if (Files.size(file) > MAX_OCTETS) {
                    throw new IllegalStateException(
                            "secret file " + file + " is larger than " + MAX_OCTETS + " octets");
                }
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                        .toString();
                return checked(text.strip(), "secret file " + file);
            } catch (NoSuchFileException missing) {
                throw new IllegalStateException("secret file " + file + ": no such file");
            } catch (CharacterCodingException notUtf8) {
                throw new IllegalStateException("secret file " + file + ": expected UTF-8");
            } catch (IOException unreadable) {
                throw new IllegalStateException("secret file " + file + " cannot be read ("
                        + unreadable.getClass().getSimpleName() + ")");
            }
        }

        @Override
        public Optional<String> caution() {
            try {
                PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
                if (view == null) {
                    return Optional.empty();
                }
                PosixFileAttributes attributes = view.readAttributes();
                Set<PosixFilePermission> mode = attributes.permissions();
                boolean others = mode.contains(PosixFilePermission.OTHERS_READ)
                        || mode.contains(PosixFilePermission.OTHERS_WRITE)
                        || mode.contains(PosixFilePermission.GROUP_WRITE);
                boolean ours = attributes.owner().getName().equals(System.getProperty("user.name"));
                boolean open = others || (ours && mode.contains(PosixFilePermission.GROUP_READ));
                return open
                        ? Optional.of(this + " is open to other users: chmod " + (ours ? "600 " : "640 ") + file)
                        : Optional.empty();
            } catch (IOException unreadable) {
                // told by objection()
                return Optional.empty();
            }
        }
    }

    /** In an environment variable of the gateway's process. */
    record InEnvironment(String name, UnaryOperator<@Nullable String> environment) implements Secret {

        /** Reads the environment of this process. */
        public InEnvironment(String name) {
            this(name, System::getenv);
        }

        @Override
        public String get() {
            String value = environment.apply(name);
            if (value == null) {
                throw new IllegalStateException("environment variable " + name + " is not set");
            }
            return checked(value, "environment variable " + name);
        }

        @Override
        public String toString() {
            return "environment variable " + name;
        }
    }

    private static String checked(String secret, String where) {
        if (secret.isEmpty()) {
            throw new IllegalStateException(where + " is empty");
        }
        return secret;
    }
}
