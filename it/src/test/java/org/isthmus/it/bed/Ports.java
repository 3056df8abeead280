package org.isthmus.it.bed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Free loopback ports, and who listens on one.
 *
 * <p>Ports are handed out below the range that the kernel gives to outgoing connections (from 32768 on Linux), so that none is
 * taken between our choice and the server's bind, and no port twice in the life of the JVM. Two JVMs start at different
 * places.
 *
 * <p>Listening is read from the kernel's tables instead of tried by connecting: a probing connection is itself an event
 * that a server logs, counts or answers.
 */
public final class Ports {

    private static final int FIRST = 20_000;
    private static final int LAST = 31_999;
    /** State of a listening TCP socket in {@code /proc/net/tcp}. */
    private static final String TCP_LISTEN = "0A";

    private static int next =
            FIRST + (int) Math.floorMod(ProcessHandle.current().pid() * 97, (long) LAST - FIRST);

    private Ports() {}

    /** A port that is free for TCP and for UDP on 127.0.0.1. */
    public static int free() {
        return freeBlock(1);
    }

    /** The first of {@code size} consecutive free ports. */
    public static synchronized int freeBlock(int size) {
        for (int tried = 0; tried < LAST - FIRST; tried++) {
            int first = next + size > LAST ? FIRST : next;
            next = first + size;
            boolean free = true;
            for (int port = first; port < first + size; port++) {
                free &= isFree(port);
            }
            if (free) {
                return first;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }

    /** Whether some program accepts TCP connections on the port, on whatever address. */
    public static boolean tcpListens(int port) {
        return holds(port, List.of("tcp", "tcp6"), TCP_LISTEN);
    }

    /** Whether some program holds the UDP port, on whatever address. */
    public static boolean udpBound(int port) {
        return holds(port, List.of("udp", "udp6"), "");
    }

    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean holds(int port, List<String> tables, String state) {
        String wanted = String.format(Locale.ROOT, ":%04X", port);
        for (String table : tables) {
            try {
                for (String line : Files.readAllLines(Path.of("/proc/net", table))) {
                    // sl local_address rem_address st ...
                    String[] columns = line.strip().split("\\s+");
                    if (columns.length > 3 && columns[1].endsWith(wanted) && columns[3].startsWith(state)) {
                        return true;
                    }
                }
            } catch (java.nio.file.NoSuchFileException noSuchFamily) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return false;
    }
}
