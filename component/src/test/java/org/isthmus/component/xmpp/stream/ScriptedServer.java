package org.isthmus.component.xmpp.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A component port that follows a script: what comes and is not expected fails the test, also when it comes before the
 * end and nobody asked. Real sockets on loopback.
 */
final class ScriptedServer implements AutoCloseable {

    static final String DOMAIN = "sip.hospital.example";
    static final String SECRET = "test";
    private static final String ID = "3BF96D32";
    private static final int PATIENCE_MS = 10_000;

    private static final String HEADER_IN = Pattern.quote("<?xml version='1.0'?><stream:stream"
            + " xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' to='" + DOMAIN + "'>");
    static final String HEADER_OUT =
            "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams'"
                    + " xmlns='jabber:component:accept' from='" + DOMAIN + "' id='" + ID + "'>";
    static final String PING = "<iq type=\"get\" from=\"" + DOMAIN + "\" to=\"" + DOMAIN
            + "\" id=\"([^\"]+)\"><ping xmlns=\"urn:xmpp:ping\"/></iq>";

    private final ServerSocket listener;

    ScriptedServer() {
        this(0);
    }

    /** @param receiveBuffer octets the system may take in before the script reads; 0: as it likes */
    ScriptedServer(int receiveBuffer) {
        try {
            listener = new ServerSocket();
            prepare(listener, receiveBuffer);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Speaks TLS. */
    ScriptedServer(SSLContext tls) {
        try {
            listener = tls.getServerSocketFactory().createServerSocket();
            prepare(listener, 0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void prepare(ServerSocket listener, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            listener.setReceiveBufferSize(receiveBuffer);
        }
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1);
        listener.setSoTimeout(PATIENCE_MS);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next connection; fails the test when there is none in time. */
    Connection accept() {
        try {
            return new Connection(listener.accept());
        } catch (IOException failed) {
            throw new AssertionError("no connection", failed);
        }
    }

    /** The next connection, brought through the handshake. */
    Connection acceptComponent() {
        Connection connection = accept();
        connection.handshake();
        return connection;
    }

    /** Whether nobody connects for a while. */
    boolean quietFor(int ms) throws IOException {
        listener.setSoTimeout(ms);
        try {
            listener.accept().close();
            return false;
        } catch (SocketTimeoutException quiet) {
            return true;
        } finally {
            listener.setSoTimeout(PATIENCE_MS);
        }
    }

    /** A port that nobody listens at. */
    static int closedPort() {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return taken.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Stops listening; connections stay. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One connection and its script. */
    static final class Connection implements AutoCloseable {

        private final Socket socket;
        private final InputStream input;
        private final StringBuilder unread = new StringBuilder();
        private boolean ended;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.input = socket.getInputStream();
            socket.setSoTimeout(PATIENCE_MS);
        }

        void handshake() {
            expect(HEADER_IN);
            say(HEADER_OUT);
            expect("<handshake>" + Handshake.digest(ID, SECRET) + "</handshake>");
            say("<handshake/>");
        }

        /** Waits until the input begins with this; anything else fails. Returns the first group, or all. */
        String expect(String regex) {
            Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
            while (true) {
                Matcher matcher = pattern.matcher(unread);
                if (matcher.lookingAt()) {
                    String found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
                    unread.delete(0, matcher.end());
                    return found;
                }
                if (!matcher.hitEnd() || !readMore()) {
                    throw new AssertionError("expected " + regex + ", came: " + unread);
                }
            }
        }

        /** A message with this body. */
        void expectMessage(String body) {
            expect("<message [^>]*><body>" + body + "</body></message>");
        }

        void answerPing() {
            String id = expect(PING);
            say("<iq type='result' from='" + DOMAIN + "' to='" + DOMAIN + "' id='" + id + "'/>");
        }

        /** Answers pings and takes messages with these bodies, in this order, with or without pings between. */
        void expectMessagesAndAnswerPings(int count) {
            for (int next = 0; next < count; ) {
                String found = expect("(<message [^>]*><body>n" + next + "</body></message>|" + PING + ")");
                if (found.startsWith("<iq")) {
                    String id = found.replaceAll("(?s).* id=\"([^\"]+)\".*", "$1");
                    say("<iq type='result' from='" + DOMAIN + "' to='" + DOMAIN + "' id='" + id + "'/>");
                } else {
                    next++;
                }
            }
        }

        void say(String xml) {
            try {
                socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new AssertionError("the other side is gone", failed);
            }
        }

        /** Expects the end of the stream and of the connection, and nothing before. */
        void expectEnd() {
            expect("</stream:stream>");
            expectClosed();
        }

        void expectClosed() {
            if (readMore()) {
                throw new AssertionError("expected the end, came: " + unread);
            }
        }

        /** Everything that has come and comes until the other side closes. */
        String drain() {
            while (readMore()) {
                // all of it
            }
            String all = unread.toString();
            unread.setLength(0);
            return all;
        }

        /** Breaks the connection without a word. */
        void abort() {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
                ended = true;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** Ends the connection; fails the test when something came that was not in the script. */
        @Override
        public void close() {
            try {
                if (!ended) {
                    socket.shutdownOutput();
                    while (readMore()) {
                        // what is left
                    }
                    String left = unread.toString().replaceFirst("</stream:stream>$", "");
                    if (!left.isEmpty()) {
                        throw new AssertionError("not in the script: " + left);
                    }
                }
                socket.close();
            } catch (UnsupportedOperationException | SocketException tlsOrGone) {
                ended = true;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        private boolean readMore() {
            byte[] buffer = new byte[65_536];
            try {
                int read = input.read(buffer);
                if (read > 0) {
                    unread.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
                }
                return read > 0;
            } catch (SocketTimeoutException silence) {
                throw new AssertionError("nothing more came; unread: " + unread, silence);
            } catch (IOException reset) {
                return false;
            }
        }
    }
}
