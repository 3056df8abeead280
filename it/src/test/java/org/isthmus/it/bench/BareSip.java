package org.isthmus.it.bench;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The least that speaks SIP MESSAGE over TCP: one connection, no transactions. The other end of a measurement. */
final class BareSip implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

    private final Closeable socket;
    private final @Nullable BufferedOutputStream out;
    private int number;

    private BareSip(Closeable socket, @Nullable BufferedOutputStream out) {
        this.socket = socket;
        this.out = out;
    }

    /** Listens and answers every request 200. */
    static BareSip answering(int port, Consumer<String> body) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread acceptor = new Thread(
                () -> {
                    try {
                        while (true) {
                            Socket peer = server.accept();
                            peer.setTcpNoDelay(true);
                            BufferedOutputStream back = new BufferedOutputStream(peer.getOutputStream(), 1 << 16);
                            daemon(
                                    "bare-uas",
                                    () -> read(
                                            peer.getInputStream(),
                                            (head, text) -> {
                                                body.accept(text);
                                                answer(back, head);
                                            },
                                            back));
                        }
                    } catch (IOException closed) {
                        // the benchmark is over
                    }
                },
                "bare-uas-accept");
        acceptor.setDaemon(true);
        acceptor.start();
        return new BareSip(server, null);
    }

    /** Connects to send; each final status is told. */
    static BareSip sending(int port, IntConsumer status) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        daemon(
                "bare-uac",
                () -> read(
                        socket.getInputStream(),
                        (head, text) -> status.accept(Integer.parseInt(head.substring(8, 11))),
                        null));
        return new BareSip(socket, new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    void send(String from, String to, String body) throws IOException {
        int n = ++number;
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        String head = "MESSAGE sip:" + to + " SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;branch=z9hG4bKb" + n
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:" + from + ">;tag=t" + n + "\r\nTo: <sip:" + to
                + ">\r\nCall-ID: b"
                + n + "@bench\r\nCSeq: 1 MESSAGE\r\nContent-Type: text/plain\r\nContent-Length: " + octets.length
                + "\r\n\r\n";
        BufferedOutputStream wire = Objects.requireNonNull(out);
        wire.write(head.getBytes(StandardCharsets.UTF_8));
        wire.write(octets);
    }

    void flush() throws IOException {
        Objects.requireNonNull(out).flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private interface Heard {
        void message(String head, String body) throws IOException;
    }

    private interface Reading {
        void run() throws IOException;
    }

    private static void daemon(String name, Reading task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException closed) {
                        // the benchmark is over
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void answer(BufferedOutputStream back, String head) throws IOException {
        StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (String line : head.split("\r\n", -1)) {
            String lower = line.length() < 8 ? line : line.substring(0, 8).toLowerCase(Locale.ROOT);
            if (lower.startsWith("via:")
                    || lower.startsWith("from:")
                    || lower.startsWith("call-id:")
                    || lower.startsWith("cseq:")) {
                response.append(line).append("\r\n");
            } else if (lower.startsWith("to:")) {
                response.append(line).append(";tag=b\r\n");
            }
        }
        back.write(response.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void read(InputStream in, Heard heard, @Nullable BufferedOutputStream flushed) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] some = new byte[1 << 16];
        for (int n = in.read(some); n >= 0; n = in.read(some)) {
            text.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
            int done = 0;
            for (int end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n", done)) {
                String head = text.substring(done, end);
                Matcher length = LENGTH.matcher(head);
                int octets = length.find() ? Integer.parseInt(length.group(1)) : 0;
                if (text.length() < end + 4 + octets) {
                    break;
                }
                heard.message(head, text.substring(end + 4, end + 4 + octets));
                done = end + 4 + octets;
            }
            text.delete(0, done);
            if (flushed != null) {
                flushed.flush();
            }
        }
    }
}
