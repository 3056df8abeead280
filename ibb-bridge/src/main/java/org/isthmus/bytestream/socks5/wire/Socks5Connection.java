package org.isthmus.bytestream.socks5.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection on which the SOCKS5 handshake is done and nothing else has happened: it is not read until somebody takes it.
 * Thread-safe; exactly one of {@link #take} and {@link #close} has to be called.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
public final class Socks5Connection {

    /** The size of a read, and so of a block. */
    public static final int BLOCK = 64 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf early;

    /**
     * Made by a handshake on the channel's loop.
     *
     * @param early octets that came in the same read as the end of the handshake; owned by this
     */
    Socks5Connection(Channel channel, @Nullable ByteBuf early) {
        this.channel = Objects.requireNonNull(channel, "channel");
        this.early = early;
    }

    /** What a channel of ours needs before it connects: reads on demand, one block each. */
    public static void configure(Channel channel) {
        channel.config()
                .setAutoRead(false)
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(BLOCK).maxMessagesPerRead(1));
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
    }

    /** Everything of the channel happens there. */
    public EventLoop loop() {
        return channel.eventLoop();
    }

    /** The channel, for its new owner. */
    public Channel channel() {
        return channel;
    }

    /**
     * Gives the connection to its reader or writer. On the channel's loop.
     *
     * @return octets that came with the handshake, to be released by the caller; null when there are none
     */
    public @Nullable ByteBuf take(ChannelHandler owner) {
        assert loop().inEventLoop();
        channel.pipeline().addLast(owner);
        ByteBuf octets = early;
        early = null;
        return octets;
    }

    /** Closes it unused; whoever is at the other end sees an end without octets. From any thread. */
    public void close() {
        loop().execute(() -> {
            if (early != null) {
                early.release();
                early = null;
            }
            channel.close();
        });
    }

    /** Breaks a channel off, so that the other end cannot take what it has for the whole. From any thread. */
    public static void reset(Channel channel) {
        channel.eventLoop().execute(() -> {
            if (channel.isOpen()) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close();
            }
        });
    }
}
