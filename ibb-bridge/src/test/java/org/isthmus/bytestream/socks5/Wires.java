package org.isthmus.bytestream.socks5;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.socks5.dial.CandidateRace;
import org.isthmus.bytestream.socks5.dial.DialLimits;
import org.isthmus.bytestream.socks5.dial.DialPolicy;
import org.isthmus.bytestream.socks5.dial.HostResolver;
import org.isthmus.bytestream.socks5.dial.IpNetwork;
import org.isthmus.bytestream.socks5.dial.Socks5Dialer;
import org.isthmus.bytestream.socks5.host.StreamHostLimits;
import org.isthmus.bytestream.socks5.host.StreamHostServer;

/** Loops, a stream host on loopback, and peers made of plain sockets, which know nothing of the code under test. */
public final class Wires implements AutoCloseable {

    public static final DialPolicy LOOPBACK = DialPolicy.within(List.of(IpNetwork.parse("127.0.0.0/8")));

    public final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    public final OwnerThread owner = new LoopOwner(loops.next());
    public final StreamHostServer server;

    public Wires() {
        try {
            server = StreamHostServer.bind(
                    loops, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), StreamHostLimits.defaults());
        } catch (IOException unbound) {
            throw new AssertionError(unbound);
        }
    }

    public CandidateRace race(DialPolicy policy) {
        return new CandidateRace(
                new Socks5Dialer(loops, DialLimits.defaults()),
                HostResolver.platform(Runnable::run),
                policy,
                DialLimits.defaults());
    }

    public static DialLimits quick() {
        DialLimits normal = DialLimits.defaults();
        return new DialLimits(normal.each(), Duration.ofMillis(100), normal.total(), 12, 3, normal.shortReplyGrace());
    }

    public int port() {
        return server.address().getPort();
    }

    /** A target made of a socket: connects to our stream host and names the destination. */
    public Socket target(String destination) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(new byte[] {5, 1, 0});
        assertThat(socket.getInputStream().readNBytes(2)).containsExactly(5, 0);
        out.write(connect(destination));
        byte[] reply = socket.getInputStream().readNBytes(47);
        assertThat(reply[1]).isZero();
        return socket;
    }

    /** The 47 octets of a CONNECT. */
    public static byte[] connect(String destination) {
        byte[] request = new byte[47];
        request[0] = 5;
        request[1] = 1;
        request[3] = 3;
        request[4] = 40;
        System.arraycopy(destination.getBytes(StandardCharsets.US_ASCII), 0, request, 5, 40);
        return request;
    }

    /** A stream host made of a socket: accepts one connection and lets it in. Returns the destination it named. */
    public static String letIn(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        assertThat(in.readNBytes(3)).containsExactly(5, 1, 0);
        socket.getOutputStream().write(new byte[] {5, 0});
        byte[] request = in.readNBytes(47);
        byte[] reply = request.clone();
        reply[1] = 0;
        socket.getOutputStream().write(reply);
        return new String(request, 5, 40, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        server.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
