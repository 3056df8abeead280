package org.isthmus.component.sip;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A peer made of a bare socket: what it writes and reads are literal SIP octets. */
public abstract sealed class SipWire implements AutoCloseable {

    /** How long an expected message may take on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Writes the text as UTF-8; every line end must be written as CRLF by the caller. */
    public final void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public abstract void send(byte[] octets) throws IOException;

    /** The next message, or empty when none came in time or the connection was closed. */
    public abstract Optional<String> receive(Duration patience) throws IOException;

    /** The next message. */
    public final String receive() throws IOException {
        return receive(PATIENCE).orElseThrow(() -> new AssertionError("no message in " + PATIENCE));
    }

    public abstract int localPort();

    @Override
    public abstract void close() throws IOException;

    public static Udp udp(InetAddress local, InetAddress to, int port) throws IOException {
        return new Udp(new DatagramSocket(new InetSocketAddress(local, 0)), to, port);
    }

    public static Tcp tcp(InetAddress local, InetAddress to, int port) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(local, 0));
        socket.connect(new InetSocketAddress(to, port), (int) PATIENCE.toMillis());
        return new Tcp(socket);
    }

    public static final class Udp extends SipWire {
        private final DatagramSocket socket;
        private final InetAddress to;
        private final int port;

        private Udp(DatagramSocket socket, InetAddress to, int port) {
            this.socket = socket;
            this.to = to;
            this.port = port;
        }

        @Override
        public void send(byte[] octets) throws IOException {
            socket.send(new DatagramPacket(octets, octets.length, to, port));
        }

        @Override
        public Optional<String> receive(Duration patience) throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.setSoTimeout((int) patience.toMillis());
            try {
                socket.receive(packet);
            } catch (SocketTimeoutException nothing) {
                return Optional.empty();
            }
            return Optional.of(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
        }

        @Override
        public int localPort() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            socket.close();
        }
    }

    public static final class Tcp extends SipWire {
        private final Socket socket;
        private final InputStream in;

        public Tcp(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream(), 65_536);
        }

        @Override
        public void send(byte[] octets) throws IOException {
            socket.getOutputStream().write(octets);
        }

        @Override
        public Optional<String> receive(Duration patience) throws IOException {
            socket.setSoTimeout((int) patience.toMillis());
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            try {
                while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    int octet = in.read();
                    if (octet < 0) {
                        return Optional.empty();
                    }
                    head.write(octet);
                }
                String text = head.toString(StandardCharsets.UTF_8);
                byte[] body = in.readNBytes(contentLength(text));
                return Optional.of(text + new String(body, StandardCharsets.UTF_8));
            } catch (SocketTimeoutException nothing) {
                return Optional.empty();
            }
        }

        /** Whether the other side has closed, waiting at most the patience for it. */
        public boolean closedByPeer(Duration patience) throws IOException {
            socket.setSoTimeout((int) patience.toMillis());
            try {
                return in.read() < 0;
            } catch (SocketTimeoutException open) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }

        @Override
        public int localPort() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** The value of a header, in its first occurrence. */
    public static Optional<String> header(String message, String name) {
        return message.lines()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** The status of a response. */
    public static int status(String message) {
        return Integer.parseInt(message.substring(8, 11));
    }

    private static int contentLength(String head) {
        return header(head, "Content-Length").map(Integer::parseInt).orElse(0);
    }
}
