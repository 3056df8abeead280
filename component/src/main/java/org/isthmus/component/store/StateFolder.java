package org.isthmus.component.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The configured state folder: private to the gateway's user, held by one process at a time. */
public final class StateFolder implements AutoCloseable {

    private final Path folder;
    private final FileChannel channel;

    private StateFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder (mode 0700) if it is missing and locks it until {@link #close()} or the end of the process.
     *
     * @throws IOException in words for the operator: not writable, open to others, or held by another instance
     */
    public static StateFolder lock(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
        if (!mode.endsWith("------")) {
            throw new IOException(
                    "state folder " + folder + " is open to other users (" + mode + "): chmod 700 " + folder);
        }
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new IOException("state folder " + folder + " is held by another running gateway");
        }
        return new StateFolder(folder, channel);
    }

    /** A file of this folder. */
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
