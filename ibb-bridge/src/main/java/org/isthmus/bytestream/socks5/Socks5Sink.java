package org.isthmus.bytestream.socks5;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.isthmus.bytestream.ByteStreamException;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.Watchdog;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;
import org.jspecify.annotations.Nullable;

/**
 * Writes a SOCKS5 stream. At most {@value #BLOCKS_IN_FLIGHT} blocks are asked for or not yet taken by the socket.
 *
 * <p>Right after the last octet the output is closed, and nothing is waited for before that: Prosody's proxy holds back up to
 * 4 KiB until it sees the end. Then the end of the other direction says that the peer has read to the end; a reset says that
 * it has not. A peer that says nothing within a while is believed, since this method knows no acknowledgement. What the peer
 * sends is dropped. A stream that fails is reset, so that its end cannot be taken for the file's.
 *
 * <p>Confined to the channel's loop; signals of the source are posted to it in their order.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
final class Socks5Sink implements ByteStreamSink {

    static final int BLOCKS_IN_FLIGHT = 4;

    private final Socks5Connection connection;
    private final Channel channel;
    private final OwnerThread loop;
    private final Socks5Limits limits;
    private final Consumer<StreamEnd> onEnd;
    private final Watchdog quiet;
    private final Inbound inbound = new Inbound();
    private OwnerThread.@Nullable Timer endTimer;
    private Flow.@Nullable Subscription upstream;
    private long written;
    private int asked;
    private int writing;
    private boolean upstreamDone;
    private boolean finishing;
    private boolean over;

    /** Takes the connection over when {@link #start} is called. */
    Socks5Sink(Socks5Connection connection, Socks5Limits limits, Consumer<StreamEnd> onEnd) {
        this.connection = connection;
        this.channel = connection.channel();
        this.loop = new LoopOwner(connection.loop());
        this.limits = limits;
        this.onEnd = onEnd;
        this.quiet = new Watchdog(loop, limits.quiet(), this::nothingMoved);
    }

    /** Begins to own the connection. From any thread. */
    void start() {
        loop.execute(() -> {
            ReferenceCountUtil.release(connection.take(inbound)); // octets before activation mean nothing (§10.1)
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            channel.config().setAutoRead(true);
            quiet.start();
            if (!channel.isActive()) {
                fail(new StreamFailure(Reason.BROKEN, "the connection is gone"));
            }
        });
    }

    private void ask() {
        int more = BLOCKS_IN_FLIGHT - asked - writing;
        if (upstream != null && !upstreamDone && !over && more > 0) {
            asked += more;
            upstream.request(more);
        }
    }

    private void write(ByteBuffer block) {
        asked--;
        if (over || upstreamDone) {
            return;
        }
        int length = block.remaining();
        writing++;
        ByteBuf octets = Unpooled.wrappedBuffer(block);
        channel.writeAndFlush(octets).addListener(done -> wrote((ChannelFuture) done, length));
    }

    private void wrote(ChannelFuture done, int length) {
        writing--;
        if (!done.isSuccess()) {
            fail(new StreamFailure(Reason.BROKEN, "the peer closed while we were sending"));
            return;
        }
        written += length;
        quiet.touch();
        ask();
        finishWhenWritten();
    }

    private void finishWhenWritten() {
        if (upstreamDone && writing == 0 && !over && !finishing) {
            finishing = true;
            quiet.stop();
            endTimer = loop.after(limits.ending(), () -> {
                channel.close();
                end(Optional.empty());
            });
            ((DuplexChannel) channel).shutdownOutput();
        }
    }

    /** The peer has closed its direction. */
    private void peerEnded() {
        if (finishing && !over) {
            channel.close();
            end(Optional.empty());
        }
    }

    private void fail(StreamFailure why) {
        if (!over) {
            Socks5Connection.reset(channel);
            end(Optional.of(why));
        }
    }

    private void end(Optional<StreamFailure> why) {
        over = true;
        quiet.stop();
        if (endTimer != null) {
            endTimer.cancel();
        }
        if (upstream != null && !upstreamDone) {
            upstream.cancel();
        }
        onEnd.accept(new StreamEnd(written, why));
    }

    private void nothingMoved() {
        if (writing > 0) {
            fail(new StreamFailure(Reason.STALLED, "the peer took nothing for " + limits.quiet()));
        } else {
            quiet.start(); // it is the source that is silent, and it has a watch of its own
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription, "subscription");
        loop.execute(() -> {
            if (upstream != null || over) {
                subscription.cancel();
            } else {
                upstream = subscription;
                ask();
            }
        });
    }

    @Override
    public void onNext(ByteBuffer block) {
        Objects.requireNonNull(block, "block");
        loop.execute(() -> write(block));
    }

    @Override
    public void onError(Throwable error) {
        StreamFailure why = ByteStreamException.failureOf(Objects.requireNonNull(error, "error"));
        loop.execute(() -> {
            upstreamDone = true;
            fail(why);
        });
    }

    @Override
    public void onComplete() {
        loop.execute(() -> {
            upstreamDone = true;
            finishWhenWritten();
        });
    }

    @Override
    public void abort(StreamFailure why) {
        Objects.requireNonNull(why, "why");
        loop.execute(() -> fail(why));
    }

    /** What the channel tells. */
    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                peerEnded();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (finishing) {
                peerEnded();
            } else {
                fail(new StreamFailure(Reason.BROKEN, "the connection ended after " + written + " octets"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable error) {
            fail(new StreamFailure(Reason.BROKEN, error.getClass().getSimpleName()));
        }
    }
}
