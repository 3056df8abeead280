package org.isthmus.msrp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other end of an MSRP connection, on a blocking socket. It sends what it is told, octet for octet, and reads frames
 * by a reader that shares no code with the codec under test.
 */
public final class ScriptedPeer implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final AtomicInteger PROBES = new AtomicInteger();

    /** A frame as read from the wire. Header names in lower case. */
    public record Frame(String start, Map<String, String> headers, byte[] body, boolean hasBody, char flag) {

        public String id() {
            return start.split(" ")[1];
        }

        /** Method or status code. */
        public String what() {
            return start.split(" ")[2];
        }

        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return start + " " + headers + " [" + body.length + "] " + flag;
        }
    }

    private final Socket socket;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private byte[] buffer = new byte[65536];
    private int from;
    private int to;
    private String lastPath = "";

    public ScriptedPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    public static ScriptedPeer connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return new ScriptedPeer(socket);
    }

    /** A port to which the side under test is to connect. */
    public static ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
        return server;
    }

    public static ScriptedPeer accept(ServerSocket server) throws IOException {
        return new ScriptedPeer(server.accept());
    }

    public Socket socket() {
        return socket;
    }

    /** Sends text as it stands; it contains its own line ends. */
    public void send(String raw) throws IOException {
        send(raw.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] raw) throws IOException {
        socket.getOutputStream().write(raw);
        socket.getOutputStream().flush();
    }

    /** Reads the next frame. */
    public Frame read() throws IOException {
        String start = readLine();
        assertThat(start).startsWith("MSRP ");
        String id = start.split(" ")[1];
        Map<String, String> headers = new TreeMap<>();
        while (true) {
            String header = readLine();
            if (header.startsWith("-------" + id) && header.length() == 8 + id.length()) {
                return remember(new Frame(start, headers, new byte[0], false, header.charAt(header.length() - 1)));
            }
            if (header.isEmpty()) {
                break;
            }
            int colon = header.indexOf(": ");
            assertThat(colon).as(header).isPositive();
            String before =
                    headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 2));
            assertThat(before).as("header twice: " + header).isNull();
        }
        byte[] end = ("\r\n-------" + id).getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < end.length) {
            int octet = octet();
            if (octet == end[matched]) {
                matched++;
                continue;
            }
            // The only octet that begins the end-line is CR, so a failed match can only start again with this octet.
            body.write(end, 0, matched);
            matched = octet == '\r' ? 1 : 0;
            if (matched == 0) {
                body.write(octet);
            }
        }
        char flag = (char) octet();
        assertThat(octet()).isEqualTo('\r');
        assertThat(octet()).isEqualTo('\n');
        return remember(new Frame(start, headers, body.toByteArray(), true, flag));
    }

    private Frame remember(Frame frame) {
        String path = frame.header("from-path");
        if (path != null && !frame.what().matches("[0-9]{3}")) {
            lastPath = path;
        }
        return frame;
    }

    /** Reads frames until one is of that method or code; the others must be of the given kinds. */
    public Frame readUntil(String what, String... passing) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.what().equals(what)) {
                return frame;
            }
            assertThat(List.of(passing)).as(frame.toString()).contains(frame.what());
        }
    }

    /** Answers a request. */
    public void respond(Frame request, int status, String comment) throws IOException {
        send("MSRP " + request.id() + " " + status + " " + comment + "\r\nTo-Path: "
                + request.header("from-path").split(" ")[0] + "\r\nFrom-Path: "
                + request.header("to-path").split(" ")[0] + "\r\n-------" + request.id() + "$\r\n");
    }

    public void ok(Frame request) throws IOException {
        respond(request, 200, "OK");
    }

    /** Sends a REPORT about the message of that request. */
    public void report(Frame request, String range, String status) throws IOException {
        String id = "rep" + PROBES.incrementAndGet() + "x";
        send("MSRP " + id + " REPORT\r\nTo-Path: " + request.header("from-path") + "\r\nFrom-Path: "
                + request.header("to-path") + "\r\nMessage-ID: " + request.header("message-id")
                + (range.isEmpty() ? "" : "\r\nByte-Range: " + range) + "\r\nStatus: " + status + "\r\n-------" + id
                + "$\r\n");
    }

    /** A SEND with a body. */
    public static String frame(String id, String to, String from, String fields, String body, char flag) {
        return "MSRP " + id + " SEND\r\nTo-Path: " + to + "\r\nFrom-Path: " + from + "\r\n" + fields + "\r\n" + body
                + "\r\n-------" + id + flag + "\r\n";
    }

    /**
     * Asserts that nothing was sent to us so far: asks with an empty SEND, whose answer must be the next frame.
     *
     * @param to a session that is bound to this connection
     */
    public void expectNothing(String to, String from) throws IOException {
        String id = "probe" + PROBES.incrementAndGet();
        send("MSRP " + id + " SEND\r\nTo-Path: " + to + "\r\nFrom-Path: " + from + "\r\nMessage-ID: " + id
                + "m\r\n-------" + id + "$\r\n");
        Frame next = read();
        assertThat(next.start()).isEqualTo("MSRP " + id + " 200 OK");
    }

    /** Asserts that the other side closes; what it says before is returned. */
    public List<Frame> readToEnd() throws IOException {
        List<Frame> frames = new ArrayList<>();
        while (true) {
            if (from == to && !fill()) {
                return frames;
            }
            frames.add(read());
        }
    }

    /** Whether nothing comes for so long: for the rare case that only time can show it. */
    public boolean isSilentFor(int millis) throws IOException {
        if (from < to) {
            return false;
        }
        socket.setSoTimeout(millis);
        try {
            return !fill();
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    public String lastPath() {
        return lastPath;
    }

    private String readLine() throws IOException {
        line.reset();
        while (true) {
            int octet = octet();
            if (octet == '\r') {
                assertThat(octet()).isEqualTo('\n');
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(octet);
        }
    }

    private int octet() throws IOException {
        if (from == to && !fill()) {
            throw new IOException("closed in the middle of a frame");
        }
        return buffer[from++] & 0xff;
    }

    private boolean fill() throws IOException {
        int count;
        try {
            count = in.read(buffer);
        } catch (java.net.SocketException reset) {
            return false;
        }
        from = 0;
        to = Math.max(count, 0);
        return count > 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
