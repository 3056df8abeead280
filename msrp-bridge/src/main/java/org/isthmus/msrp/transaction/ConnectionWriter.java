package org.isthmus.msrp.transaction;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves what {@link Outbox} chooses to the channel, while the channel takes it. Frames are written as the next task of
 * the loop, or at the end of the reading that is under way, so that small ones collect. Confined to the loop.
 */
final class ConnectionWriter {

    /** How many buffers are written before others on the loop get their turn. */
    private static final int BATCHES_AT_ONCE = 8;

    private final ChannelHandlerContext context;
    private final ConnectionSettings settings;
    private final MsrpTimers timers;
    private final PendingTransactions pending;
    private final ReadGate gate;
    private final Outbox outbox;
    private final Consumer<Throwable> failure;
    private final Object backlog = new Object();

    private boolean enabled;
    private boolean reading;
    private boolean scheduled;
    private boolean stopped;
    private long controlUnwritten;
    private int batchesUnwritten;
    private long progressAt;
    private MsrpTimers.@Nullable Timeout wakeUp;
    private long wakeUpAt;

    ConnectionWriter(
            ChannelHandlerContext context,
            ConnectionSettings settings,
            MsrpTimers timers,
            PendingTransactions pending,
            ReadGate gate,
            ChunkSink sink,
            Consumer<Throwable> failure) {
        this.context = context;
        this.settings = settings;
        this.timers = timers;
        this.pending = pending;
        this.gate = gate;
        this.failure = failure;
        this.outbox = new Outbox(context.alloc(), settings, pending, sink, this::wakeLater);
    }

    /** The connection may be written to from now on. */
    void enable() {
        enabled = true;
        schedule();
    }

    /** While something is being read, writing waits for the end of it. */
    void reading(boolean underWay) {
        reading = underWay;
        if (!underWay) {
            schedule();
        }
    }

    void control(Consumer<ByteBuf> frame) {
        if (!stopped) {
            outbox.control(frame);
            schedule();
        }
    }

    void attach(ChunkSource source) {
        if (!stopped) {
            outbox.attach(source);
            schedule();
        }
    }

    void detach(ChunkSource source) {
        outbox.detach(source);
    }

    void wake(ChunkSource source) {
        if (!stopped) {
            outbox.wake(source);
            schedule();
        }
    }

    void schedule() {
        if (reading || scheduled || stopped || !enabled) {
            return;
        }
        scheduled = true;
        context.channel().eventLoop().execute(() -> {
            scheduled = false;
            write();
        });
    }

    private void write() {
        int written = 0;
        while (!stopped && written < BATCHES_AT_ONCE && context.channel().isWritable()) {
            Outbox.Batch batch = outbox.next(timers.nanoTime());
            if (batch == null) {
                return;
            }
            write(batch);
            written++;
        }
        if (written == BATCHES_AT_ONCE) {
            schedule();
        }
    }

    private void write(Outbox.Batch batch) {
        controlUnwritten += batch.control;
        if (controlUnwritten > settings.maxControlBacklog()) {
            gate.hold(backlog);
        }
        if (batchesUnwritten++ == 0) {
            progressAt = timers.nanoTime();
        }
        context.writeAndFlush(batch.octets).addListener(done -> {
            if (done.isSuccess()) {
                written(batch);
            } else if (!stopped) {
                failure.accept(done.cause());
            }
        });
    }

    private void written(Outbox.Batch batch) {
        controlUnwritten -= batch.control;
        batchesUnwritten--;
        progressAt = timers.nanoTime();
        if (stopped) {
            return;
        }
        outbox.written(batch);
        pending.written(batch.requests, gate.peerTime());
        for (Outbox.Share share : batch.shares) {
            share.source().written(share.octets());
        }
        if (controlUnwritten <= settings.maxControlBacklog() / 2) {
            gate.release(backlog);
        }
    }

    /** Whether the peer has taken nothing for too long. */
    boolean isStalled(long now) {
        return batchesUnwritten > 0 && now - progressAt >= settings.writeStall().toNanos();
    }

    /** Ends a chunk that has been open for too long. */
    void limitOpenChunk(long now) {
        ChunkSource open = outbox.open();
        if (open == null || now - open.openSince() < settings.openChunkLimit().toNanos()) {
            return;
        }
        Outbox.Batch batch = outbox.interruptOpen();
        if (batch != null) {
            write(batch);
        }
        outbox.wakeAll();
        schedule();
    }

    private void wakeLater(long nanos) {
        long at = timers.nanoTime() + nanos;
        if (wakeUp != null) {
            if (wakeUpAt - at <= 0) {
                return;
            }
            wakeUp.cancel();
        }
        wakeUpAt = at;
        wakeUp = timers.schedule(context.channel().eventLoop(), Duration.ofNanos(nanos), () -> {
            wakeUp = null;
            if (!stopped) {
                outbox.wakeAll();
                schedule();
            }
        });
    }

    /** Nothing is written any more. */
    void stop() {
        stopped = true;
        if (wakeUp != null) {
            wakeUp.cancel();
        }
        outbox.release();
    }
}
