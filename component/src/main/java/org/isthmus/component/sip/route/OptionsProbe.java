package org.isthmus.component.sip.route;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.isthmus.component.sip.SipRoute;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.RawHead;

/**
 * Asks a next hop with OPTIONS (RFC 3261 §11) whether it is there, on a socket of its own: it needs no running endpoint and
 * disturbs none. Blocks its caller.
 */
public final class OptionsProbe {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the next hop said. */
    public sealed interface Result {

        /**
         * It speaks SIP. Any status says so; 2xx says that it takes our requests too.
         *
         * @param status of the final response
         * @param reason its phrase
         * @param allow the Allow header
         * @param server the Server or User-Agent header
         */
        record Answered(int status, String reason, Optional<String> allow, Optional<String> server) implements Result {}

        /**
         * It does not.
         *
         * @param words why, for an operator
         */
        record Failed(String words) implements Result {}
    }

    private OptionsProbe() {}

    /**
     * Sends one OPTIONS and waits for its final response; over UDP it is sent again at 0.5 s, 1 s, 2 s… (Timer E).
     *
     * @param timeout for everything together
     */
    public static Result send(SipRoute route, Duration timeout) {
        String target = route.uri().host() + ":" + route.port();
        Optional<SipTransport> transport = route.transport();
        if (transport.isEmpty()) {
            return new Result.Failed("transport " + route.uri().params().get("transport") + " is not spoken here");
        }
        try {
            InetAddress address = InetAddress.getByName(route.uri().host());
            InetSocketAddress hop = new InetSocketAddress(address, route.port());
            long deadline = System.nanoTime() + timeout.toNanos();
            return transport.get() == SipTransport.TCP ? byTcp(hop, deadline) : byUdp(hop, deadline);
        } catch (UnknownHostException unknown) {
            return new Result.Failed("no address for " + route.uri().host());
        } catch (ConnectException | PortUnreachableException refused) {
            return new Result.Failed("nothing listens on " + transport.get().token() + " " + target);
        } catch (NoRouteToHostException unreachable) {
            return new Result.Failed("no route to " + target);
        } catch (SocketTimeoutException silent) {
            return new Result.Failed(noAnswer(transport.get(), target, timeout));
        } catch (IOException failed) {
            return new Result.Failed(target + " closed the connection without an answer");
        }
    }

    private static String noAnswer(SipTransport transport, String target, Duration timeout) {
        return "no answer from " + transport.token() + " " + target + " in " + timeout.toSeconds()
                + " s (a proxy that does not know this address may drop its requests)";
    }

    private static Result byTcp(InetSocketAddress hop, long deadline) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(hop, left(deadline));
            InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
            socket.getOutputStream().write(request(hop, local, SipTransport.TCP));
            InputStream in = socket.getInputStream();
            while (true) {
                socket.setSoTimeout(left(deadline));
                Optional<Result> result = read(head(in, socket, deadline));
                if (result.isPresent()) {
                    return result.get();
                }
            }
        }
    }

    private static byte[] head(InputStream in, Socket socket, long deadline) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4 && head.size() < 16_384) {
            socket.setSoTimeout(left(deadline));
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed");
            }
            head.write(octet);
            matched = octet == (matched % 2 == 0 ? '\r' : '\n') ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        return head.toByteArray();
    }

    private static Result byUdp(InetSocketAddress hop, long deadline) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(hop); // so that an ICMP error is an exception
            InetSocketAddress local = (InetSocketAddress) socket.getLocalSocketAddress();
            byte[] octets = request(hop, local, SipTransport.UDP);
            DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
            int pause = 500;
            while (true) {
                socket.send(new DatagramPacket(octets, octets.length));
                int wait = Math.min(pause, left(deadline));
                pause = Math.min(pause * 2, 4_000);
                try {
                    socket.setSoTimeout(wait);
                    answer.setLength(65_535);
                    socket.receive(answer);
                    byte[] received = new byte[answer.getLength()];
                    System.arraycopy(answer.getData(), 0, received, 0, received.length);
                    Optional<Result> result = read(received);
                    if (result.isPresent()) {
                        return result.get();
                    }
                } catch (SocketTimeoutException again) {
                    left(deadline);
                }
            }
        }
    }

    /** A final response, if it is one. */
    private static Optional<Result> read(byte[] octets) {
        RawHead head = RawHead.of(octets, octets.length);
        String line = head.startLine();
        if (!line.matches("SIP/2\\.0 [2-6][0-9][0-9]( .*)?")) {
            return line.startsWith("SIP/2.0 1")
                    ? Optional.empty()
                    : Optional.of(new Result.Failed("the answer is not SIP"));
        }
        return Optional.of(new Result.Answered(
                Integer.parseInt(line.substring(8, 11)),
                line.length() > 12 ? line.substring(12) : "",
                head.first("allow"),
                head.first("server").or(() -> head.first("user-agent"))));
    }

    /** Milliseconds left, at least one. */
    private static int left(long deadline) throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private static byte[] request(InetSocketAddress hop, InetSocketAddress local, SipTransport transport) {
        String own = host(local.getAddress());
        String to = "sip:" + host(hop.getAddress()) + ":" + hop.getPort();
        return ("OPTIONS " + to + " SIP/2.0\r\n"
                        + "Via: SIP/2.0/" + transport + " " + own + ":" + local.getPort() + ";branch=z9hG4bK" + hex()
                        + ";rport\r\n"
                        + "Max-Forwards: 70\r\n"
                        + "From: <sip:probe@" + own + ">;tag=" + hex() + "\r\n"
                        + "To: <" + to + ">\r\n"
                        + "Call-ID: " + hex() + "\r\n"
                        + "CSeq: 1 OPTIONS\r\n"
                        + "Contact: <sip:probe@" + own + ":" + local.getPort() + ">\r\n"
                        + "Accept: text/plain\r\n"
                        + "Content-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String host(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    }

    private static String hex() {
        byte[] octets = new byte[8];
        RANDOM.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}
