package org.isthmus.it.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isthmus.it.bed.xmpp.XmppServer;

/** The least that is a component (XEP-0114): a socket that writes messages and finds bodies. The ceiling to measure against. */
final class BareComponent implements AutoCloseable {

    private static final Pattern STREAM_ID = Pattern.compile("\\sid=['\"]([^'\"]*)['\"]");
    private static final String BODY = "<body>";

    private final Socket socket;
    private final BufferedOutputStream out;
    private final String domain;

    private BareComponent(Socket socket, String domain) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        this.domain = domain;
    }

    /**
     * Attaches.
     *
     * @param body called for each body that arrives, on a thread of its own
     */
    static BareComponent attach(XmppServer server, XmppServer.Component place, Consumer<String> body)
            throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.componentPort());
        socket.setTcpNoDelay(true);
        BareComponent made = new BareComponent(socket, place.domain());
        made.write("<stream:stream xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='"
                + place.domain() + "'>");
        made.flush();
        StringBuilder in = new StringBuilder();
        Matcher id = made.readUntil(in, STREAM_ID);
        made.write("<handshake>" + sha1(id.group(1) + place.secret()) + "</handshake>");
        made.flush();
        made.readUntil(in, Pattern.compile("<handshake"));
        Thread reader = new Thread(() -> made.read(body), "bare-component");
        reader.setDaemon(true);
        reader.start();
        return made;
    }

    void send(String from, String to, String body) throws IOException {
        write("<message from='" + from + "@" + domain + "' to='" + to + "' type='chat'><body>" + body
                + "</body></message>");
    }

    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Matcher readUntil(StringBuilder in, Pattern wanted) throws IOException {
        byte[] some = new byte[4096];
        while (true) {
            Matcher found = wanted.matcher(in);
            if (found.find()) {
                return found;
            }
            int n = socket.getInputStream().read(some);
            if (n < 0) {
                throw new IOException("the server closed: " + in);
            }
            in.append(new String(some, 0, n, StandardCharsets.UTF_8));
        }
    }

    private void read(Consumer<String> body) {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder text = new StringBuilder();
            byte[] some = new byte[1 << 16];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                text.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
                int done = 0;
                for (int open = text.indexOf(BODY); open >= 0; open = text.indexOf(BODY, done)) {
                    int close = text.indexOf("</body>", open);
                    if (close < 0) {
                        break;
                    }
                    body.accept(text.substring(open + BODY.length(), close));
                    done = close + 1;
                }
                text.delete(0, done);
            }
        } catch (IOException closed) {
            // the benchmark is over
        }
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException required) {
            throw new AssertionError(required);
        }
    }
}
