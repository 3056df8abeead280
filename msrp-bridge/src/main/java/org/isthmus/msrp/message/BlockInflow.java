package org.isthmus.msrp.message;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The source side of an outgoing message: asks a publisher for blocks, as many as fit into a window, and hands their
 * octets out in any portions. Blocks may be of any size and come on any thread; everything else is confined to the loop.
 */
final class BlockInflow implements Flow.Subscriber<ByteBuffer> {

    /** Hears, on the loop, that there is more, or that the source has ended. */
    interface Listener {
        void onMore();
    }

    private final EventExecutor loop;
    private final int window;
    private final Listener listener;
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
    private Flow.@Nullable Subscription subscription;
    private long buffered;
    private long requested;
    /** Size of the largest block seen: what a request may cost. */
    private int blockSize;

    private boolean requesting;
    private boolean done;
    private boolean cancelled;
    private @Nullable Throwable failure;

    BlockInflow(EventExecutor loop, int window, Listener listener) {
        this.loop = loop;
        this.window = window;
        this.listener = listener;
        this.blockSize = window;
    }

    /** Octets at hand. */
    long buffered() {
        return buffered;
    }

    /** Whether nothing more will come. */
    boolean isDone() {
        return done;
    }

    /** Why the source failed, if it did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Appends the next octets without taking them away. */
    void peek(ByteBuf out, int octets) {
        int left = octets;
        for (ByteBuffer block : blocks) {
            if (left == 0) {
                return;
            }
            ByteBuffer part = block.duplicate();
            if (part.remaining() > left) {
                part.limit(part.position() + left);
            }
            left -= part.remaining();
            out.writeBytes(part);
        }
        if (left > 0) {
            throw new IllegalStateException(left + " octets too few");
        }
    }

    /** Takes the next octets away and asks for more. */
    void consume(int octets) {
        int left = octets;
        while (left > 0) {
            ByteBuffer first = blocks.getFirst();
            int taken = Math.min(left, first.remaining());
            first.position(first.position() + taken);
            if (!first.hasRemaining()) {
                blocks.removeFirst();
            }
            left -= taken;
        }
        buffered -= octets;
        request();
    }

    void cancel() {
        cancelled = true;
        done = true;
        blocks.clear();
        buffered = 0;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private void request() {
        if (subscription == null || requesting || done) {
            return;
        }
        requesting = true;
        try {
            long more = (window - buffered) / blockSize - requested;
            if (more <= 0 && requested == 0 && buffered < window) {
                more = 1;
            }
            while (more > 0 && !done) {
                requested += more;
                subscription.request(more);
                // A publisher on this very loop has delivered by now.
                more = (window - buffered) / blockSize - requested;
            }
        } finally {
            requesting = false;
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        onLoop(() -> {
            if (subscription != null || cancelled) {
                given.cancel();
                return;
            }
            subscription = given;
            request();
        });
    }

    @Override
    public void onNext(ByteBuffer block) {
        onLoop(() -> {
            if (done) {
                return;
            }
            requested--;
            if (block.hasRemaining()) {
                blockSize = blockSize == window ? block.remaining() : Math.max(blockSize, block.remaining());
                buffered += block.remaining();
                blocks.addLast(block.duplicate());
                listener.onMore();
            }
            request();
        });
    }

    @Override
    public void onError(Throwable cause) {
        onLoop(() -> {
            if (!done) {
                done = true;
                failure = cause;
                listener.onMore();
            }
        });
    }

    @Override
    public void onComplete() {
        onLoop(() -> {
            if (!done) {
                done = true;
                listener.onMore();
            }
        });
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
