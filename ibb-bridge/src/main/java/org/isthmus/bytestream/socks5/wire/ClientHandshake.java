package org.isthmus.bytestream.socks5.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandRequest;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5ClientEncoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponse;
import io.netty.handler.codec.socksx.v5.Socks5CommandResponseDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5InitialResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a destination through a stream host.
 *
 * <p>The greeting offers no authentication only; CONNECT leaves in one write of 47 octets, because the proxies of Prosody and
 * ejabberd parse a single read and close when it is split. Then the handlers of the handshake leave the pipeline, and the
 * connection, not being read, is handed over. Confined to the channel's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
public final class ClientHandshake extends ChannelInboundHandlerAdapter {

    /** How the handshake went. */
    public interface Listener {
        void connected(Socks5Connection connection);

        /** The channel is closed. */
        void failed(String why);
    }

    private static final int VERSION = 5;
    private static final int SHORT_REPLY = 2;

    private final String destination;
    private final Duration shortReplyGrace;
    private final Socks5InitialResponseDecoder greeting = new Socks5InitialResponseDecoder();
    private final Socks5CommandResponseDecoder reply = new Socks5CommandResponseDecoder();
    private final Tap tap = new Tap();
    private @Nullable Listener listener;
    private @Nullable ByteBuf early;
    private boolean replied;
    private boolean handingOver;
    private int skip;

    /**
     * For one channel.
     *
     * @param destination 40 hexadecimal digits
     * @param shortReplyGrace how long the rest of a reply of two octets may take before it counts as all there is
     */
    public ClientHandshake(String destination, Duration shortReplyGrace, Listener listener) {
        this.destination = Objects.requireNonNull(destination, "destination");
        this.shortReplyGrace = Objects.requireNonNull(shortReplyGrace, "shortReplyGrace");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /** Puts itself and its codec into a channel that is not connected yet. */
    public void install(Channel channel) {
        channel.pipeline().addLast(tap, greeting, Socks5ClientEncoder.DEFAULT, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(new DefaultSocks5InitialRequest(Socks5AuthMethod.NO_AUTH));
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Socks5InitialResponse response) {
            greeted(ctx, response);
        } else if (message instanceof Socks5CommandResponse response) {
            replied(ctx, response);
        } else if (message instanceof ByteBuf octets) {
            keep(octets);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void greeted(ChannelHandlerContext ctx, Socks5InitialResponse response) {
        if (response.decoderResult().isFailure() || !response.authMethod().equals(Socks5AuthMethod.NO_AUTH)) {
            fail(ctx, "the stream host wants authentication or speaks no SOCKS5");
            return;
        }
        tap.watch();
        ctx.pipeline().addAfter(ctx.pipeline().context(greeting).name(), null, reply);
        ctx.pipeline().remove(greeting);
        ctx.writeAndFlush(
                new DefaultSocks5CommandRequest(Socks5CommandType.CONNECT, Socks5AddressType.DOMAIN, destination, 0));
        ctx.executor().schedule(() -> tolerateShortReply(ctx), shortReplyGrace.toMillis(), TimeUnit.MILLISECONDS);
        ctx.read();
    }

    private void replied(ChannelHandlerContext ctx, Socks5CommandResponse response) {
        if (response.decoderResult().isFailure()) {
            fail(ctx, "the stream host's reply is no SOCKS5");
        } else if (!response.status().equals(Socks5CommandStatus.SUCCESS)) {
            fail(ctx, "the stream host refused: " + response.status());
        } else {
            replied = true;
        }
    }

    /** COMPAT(unknown, seen in the wild): a reply of version and status only, after which octets follow or nothing. */
    private void tolerateShortReply(ChannelHandlerContext ctx) {
        if (!replied && listener != null && tap.shortReply()) {
            replied = true;
            skip = SHORT_REPLY; // they wait in the decoder, which gives them back when it leaves
            handOver(ctx);
        }
    }

    private void keep(ByteBuf octets) {
        int skipped = Math.min(skip, octets.readableBytes());
        octets.skipBytes(skipped);
        skip -= skipped;
        if (!octets.isReadable() || listener == null) {
            octets.release();
        } else if (early == null) {
            early = octets;
        } else {
            early = early.alloc().compositeBuffer().addComponents(true, early, octets);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (replied) {
            handOver(ctx);
        } else if (listener != null) {
            ctx.read();
        }
    }

    private void handOver(ChannelHandlerContext ctx) {
        Listener told = listener;
        if (told == null || handingOver) {
            return;
        }
        handingOver = true; // a decoder that leaves may fire once more
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(reply); // what it holds comes to keep()
        pipeline.remove(Socks5ClientEncoder.class);
        pipeline.remove(tap);
        pipeline.remove(this);
        listener = null;
        ByteBuf octets = early;
        early = null;
        told.connected(new Socks5Connection(ctx.channel(), octets));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx, "closed during the handshake");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable error) {
        fail(
                ctx,
                error instanceof IOException
                        ? "the connection broke"
                        : error.getClass().getSimpleName());
    }

    private void fail(ChannelHandlerContext ctx, String why) {
        Listener told = listener;
        listener = null;
        if (early != null) {
            early.release();
            early = null;
        }
        ctx.close();
        if (told != null) {
            told.failed(why);
        }
    }

    /** Gives up: time is over or somebody else was faster. On the channel's loop. */
    public void giveUp(Channel channel, String why) {
        ChannelHandlerContext ctx = channel.pipeline().context(this);
        if (ctx != null) {
            fail(ctx, why);
        } else {
            channel.close();
        }
    }

    /** Sees the octets of the reply before the decoder does. */
    private static final class Tap extends ChannelInboundHandlerAdapter {
        private boolean watching;
        private int count;
        private boolean success;

        void watch() {
            watching = true;
        }

        boolean shortReply() {
            return count == SHORT_REPLY && success;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (watching && message instanceof ByteBuf octets) {
                for (int i = 0; i < octets.readableBytes() && count + i < SHORT_REPLY; i++) {
                    int want = count + i == 0 ? VERSION : 0;
                    success = (count + i == 0 || success) && octets.getByte(octets.readerIndex() + i) == want;
                }
                count += octets.readableBytes();
            }
            ctx.fireChannelRead(message);
        }
    }
}
