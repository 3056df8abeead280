package org.isthmus.bytestream.socks5;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.isthmus.bytestream.ByteStreamException;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.Watchdog;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;
import org.jspecify.annotations.Nullable;

/**
 * Reads a SOCKS5 stream: one read of the socket for one block of demand, and none without, so that the peer is stopped by
 * TCP itself.
 *
 * <p>With an agreed number of octets the stream is complete when they are here, not when the connection ends: the peer may
 * keep it open, and Prosody's proxy delivers the last 4 KiB only when the sender closes, so the end of a connection is no
 * sign of anything by itself. An end before is a failure. An empty file is complete when the connection ends, or after a
 * while, because the sender still has to activate it.
 *
 * <p>Confined to the channel's loop; what is called from elsewhere posts to it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
final class Socks5Source implements ByteStreamSource {

    private final Socks5Connection connection;
    private final Channel channel;
    private final OwnerThread loop;
    private final OptionalLong agreed;
    private final Socks5Limits limits;
    private final Consumer<StreamEnd> onEnd;
    private final Watchdog quiet;
    private final Octets octets = new Octets();
    private OwnerThread.@Nullable Timer endTimer;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private @Nullable StreamFailure failure;
    private @Nullable ByteBuf early;
    private long demand;
    private long received;
    private boolean reading;
    private boolean whole;
    private boolean signalledEnd;
    private boolean over;

    /** Takes the connection over when {@link #start} is called. */
    Socks5Source(Socks5Connection connection, OptionalLong agreed, Socks5Limits limits, Consumer<StreamEnd> onEnd) {
        this.connection = connection;
        this.channel = connection.channel();
        this.loop = new LoopOwner(connection.loop());
        this.agreed = agreed;
        this.limits = limits;
        this.onEnd = onEnd;
        this.quiet = new Watchdog(loop, limits.quiet(), this::nothingMoved);
    }

    /** Begins to own the connection. From any thread. */
    void start() {
        loop.execute(() -> {
            early = connection.take(octets);
            quiet.start();
            if (!channel.isActive()) {
                ended();
            } else if (agreed.isPresent() && agreed.getAsLong() == 0) {
                endTimer = loop.after(limits.ending(), this::complete);
                reading = true;
                channel.read(); // to see the end
            }
        });
    }

    private void readOn() {
        while (demand > 0 && early != null && !over && !whole) {
            ByteBuf first = early;
            early = null;
            take(first);
        }
        if (demand > 0 && !reading && !over && !whole && subscriber != null) {
            reading = true;
            channel.read();
        }
    }

    private void take(ByteBuf read) {
        try {
            int length = read.readableBytes();
            if (over || whole || length == 0) {
                return;
            }
            if (agreed.isPresent() && received + length > agreed.getAsLong()) {
                fail(new StreamFailure(Reason.OVERRUN, "more than " + agreed.getAsLong() + " octets"));
                return;
            }
            ByteBuffer block = ByteBuffer.allocate(length);
            read.readBytes(block);
            block.flip();
            received += length;
            demand--;
            quiet.touch();
            Flow.Subscriber<? super ByteBuffer> reader = subscriber;
            if (reader != null) {
                guarded(() -> reader.onNext(block));
            }
            if (agreed.isPresent() && received == agreed.getAsLong()) {
                complete();
            }
        } finally {
            read.release();
        }
    }

    private void complete() {
        if (over || whole) {
            return;
        }
        whole = true;
        quiet.stop();
        cancelEndTimer();
        signalComplete();
    }

    private void signalComplete() {
        Flow.Subscriber<? super ByteBuffer> reader = subscriber;
        if (whole && reader != null && !signalledEnd) {
            signalledEnd = true;
            endTimer = loop.after(
                    limits.confirmation(),
                    () -> fail(new StreamFailure(Reason.UNCONFIRMED, "nobody said that the whole is right")));
            guarded(reader::onComplete);
        }
    }

    /** The connection has ended. */
    private void ended() {
        if (whole || over) {
            return;
        }
        if (agreed.isPresent() && received < agreed.getAsLong()) {
            fail(new StreamFailure(Reason.TRUNCATED, received + " of " + agreed.getAsLong() + " octets"));
        } else {
            complete();
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
        cancelEndTimer();
        if (early != null) {
            early.release();
            early = null;
        }
        failure = why.orElse(null);
        signalFailure();
        onEnd.accept(new StreamEnd(received, why));
    }

    private void signalFailure() {
        Flow.Subscriber<? super ByteBuffer> reader = subscriber;
        StreamFailure why = failure;
        if (reader != null && why != null && !signalledEnd) {
            signalledEnd = true;
            guarded(() -> reader.onError(new ByteStreamException(why)));
        }
    }

    /** A reader that throws has broken its contract; the stream pays for it and not the loop. */
    private void guarded(Runnable signal) {
        try {
            signal.run();
        } catch (RuntimeException broken) {
            fail(ByteStreamException.failureOf(broken));
        }
    }

    private void nothingMoved() {
        Reason whose = demand == 0 ? Reason.STALLED : Reason.IDLE;
        fail(new StreamFailure(whose, "nothing moved for " + limits.quiet()));
    }

    private void cancelEndTimer() {
        if (endTimer != null) {
            endTimer.cancel();
            endTimer = null;
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        Objects.requireNonNull(reader, "reader");
        loop.execute(() -> {
            if (subscriber != null) {
                reader.onSubscribe(new Demand(false));
                reader.onError(new IllegalStateException("one subscriber only"));
                return;
            }
            subscriber = reader;
            guarded(() -> reader.onSubscribe(new Demand(true)));
            signalFailure();
            signalComplete();
            readOn();
        });
    }

    @Override
    public void confirm() {
        loop.execute(() -> {
            if (signalledEnd && !over) {
                channel.close();
                end(Optional.empty());
            }
        });
    }

    @Override
    public void abort(StreamFailure why) {
        Objects.requireNonNull(why, "why");
        loop.execute(() -> fail(why));
    }

    /** What the channel tells. */
    private final class Octets extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf read) {
                take(read);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            reading = false;
            readOn();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ended();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable error) {
            if (!whole) {
                fail(new StreamFailure(Reason.BROKEN, error.getClass().getSimpleName()));
            }
        }
    }

    private final class Demand implements Flow.Subscription {
        private final boolean real;

        private Demand(boolean real) {
            this.real = real;
        }

        @Override
        public void request(long n) {
            if (real) {
                loop.execute(() -> add(n));
            }
        }

        @Override
        public void cancel() {
            if (real) {
                loop.execute(() -> {
                    if (!signalledEnd) {
                        signalledEnd = true; // a reader that cancelled hears nothing more
                        fail(new StreamFailure(Reason.CANCELLED, "the reader cancelled"));
                    }
                });
            }
        }

        private void add(long n) {
            if (over || signalledEnd) {
                return;
            }
            if (n <= 0) { // Reactive Streams §3.9
                Flow.Subscriber<? super ByteBuffer> reader = subscriber;
                signalledEnd = true;
                if (reader != null) {
                    guarded(() ->
                            reader.onError(new IllegalArgumentException("request: " + n + " (expected: 1 or more)")));
                }
                fail(new StreamFailure(Reason.CANCELLED, "the reader asked for " + n));
                return;
            }
            demand = demand > Long.MAX_VALUE - n ? Long.MAX_VALUE : demand + n;
            readOn();
        }
    }
}
