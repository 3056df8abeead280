package org.isthmus.bytestream.socks5.host;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.isthmus.bytestream.socks5.wire.ServerHandshake;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;

/**
 * Listens on one fixed port for the targets of all streams. Who comes is known by the destination it names: only those that
 * somebody waits for are let in, each once. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
public final class StreamHostServer implements AutoCloseable {

    /** Somebody waits for a target. */
    public interface Registration {
        /** Nobody waits any more; a target that comes now is refused. From any thread, any number of times. */
        void close();
    }

    private final Channel listening;
    private final Map<String, Consumer<Socks5Connection>> waiting;

    private StreamHostServer(Channel listening, Map<String, Consumer<Socks5Connection>> waiting) {
        this.listening = listening;
        this.waiting = waiting;
    }

    /**
     * Binds the port. Blocks until it is bound, so not on a thread of the group.
     *
     * @param loops of NIO, which stays the caller's
     * @throws IOException when the port is taken or the address is not ours
     */
    public static StreamHostServer bind(EventLoopGroup loops, InetSocketAddress address, StreamHostLimits limits)
            throws IOException {
        Map<String, Consumer<Socks5Connection>> waiting = new ConcurrentHashMap<>();
        AtomicInteger handshakes = new AtomicInteger();
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, limits.backlog())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, waiting, handshakes, limits);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(address + " cannot be bound", bound.cause());
        }
        return new StreamHostServer(bound.channel(), waiting);
    }

    private static void accept(
            SocketChannel channel,
            Map<String, Consumer<Socks5Connection>> waiting,
            AtomicInteger handshakes,
            StreamHostLimits limits) {
        Socks5Connection.configure(channel);
        if (handshakes.incrementAndGet() > limits.handshakes()) {
            handshakes.decrementAndGet();
            channel.close();
            return;
        }
        ServerHandshake handshake = new ServerHandshake(
                destination -> Optional.ofNullable(waiting.remove(destination)), handshakes::decrementAndGet);
        handshake.install(channel);
        channel.eventLoop()
                .schedule(() -> handshake.giveUp(channel), limits.handshake().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listening.localAddress();
    }

    /**
     * Waits for one target.
     *
     * @param destination 40 hexadecimal digits
     * @param arrived told at most once, on the connection's loop; the connection is the listener's from then on
     * @return the handle to give it up with; empty when somebody waits for that destination already
     */
    public Optional<Registration> register(String destination, Consumer<Socks5Connection> arrived) {
        Objects.requireNonNull(arrived, "arrived");
        if (waiting.putIfAbsent(destination, arrived) != null) {
            return Optional.empty();
        }
        return Optional.of(() -> waiting.remove(destination, arrived));
    }

    /** How many targets are waited for. */
    public int waiting() {
        return waiting.size();
    }

    /** Stops listening; connections that are in use stay. */
    @Override
    public void close() {
        listening.close().syncUninterruptibly();
    }
}
