package org.isthmus.bytestream.socks5.dial;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.isthmus.bytestream.socks5.wire.ClientHandshake;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;

/** Connects to a stream host and does the handshake. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
public final class Socks5Dialer {

    /** An attempt. */
    public interface Dial {
        /** Gives up; the listener hears {@code failed} if it has heard nothing yet. From any thread. */
        void cancel();
    }

    private final EventLoopGroup loops;
    private final DialLimits limits;

    /**
     * Uses a group, which stays the caller's.
     *
     * @param loops of NIO
     */
    public Socks5Dialer(EventLoopGroup loops, DialLimits limits) {
        this.loops = Objects.requireNonNull(loops, "loops");
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Dials one address. It has been checked by the caller.
     *
     * @param destination 40 hexadecimal digits
     * @param listener told once, on the channel's loop
     */
    public Dial dial(InetSocketAddress address, String destination, ClientHandshake.Listener listener) {
        Once once = new Once(listener);
        ClientHandshake handshake = new ClientHandshake(destination, limits.shortReplyGrace(), once);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.each().toMillis())
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        Socks5Connection.configure(channel);
                        handshake.install(channel);
                    }
                });
        ChannelFuture connecting = bootstrap.connect(address);
        Channel channel = connecting.channel();
        if (connecting.isDone() && !channel.isRegistered()) { // the group has been shut down
            listener.failed("no event loop");
            return () -> {};
        }
        connecting.addListener(connected -> {
            if (!connected.isSuccess()) {
                once.failed("no connection");
            }
        });
        Runnable stop = () -> {
            if (!once.told) {
                handshake.giveUp(channel, "given up");
                once.failed("given up");
            }
        };
        channel.eventLoop().schedule(stop, limits.each().toMillis(), TimeUnit.MILLISECONDS);
        return () -> channel.eventLoop().execute(stop);
    }

    /** Lets one outcome through. Confined to the channel's loop. */
    private static final class Once implements ClientHandshake.Listener {
        private final ClientHandshake.Listener listener;
        private boolean told;

        private Once(ClientHandshake.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void connected(Socks5Connection connection) {
            if (told) {
                connection.close();
            } else {
                told = true;
                listener.connected(connection);
            }
        }

        @Override
        public void failed(String why) {
            if (!told) {
                told = true;
                listener.failed(why);
            }
        }
    }
}
