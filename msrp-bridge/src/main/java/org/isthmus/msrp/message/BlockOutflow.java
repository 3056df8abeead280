package org.isthmus.msrp.message;

import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;

/**
 * The receiving side of a stream: octets in their order to a subscriber, as many blocks as it requests, the rest in a
 * buffer. Confined to the loop; the subscription may be used on any thread.
 */
final class BlockOutflow implements Flow.Subscription {

    /** Hears what the subscriber wants. On the loop. */
    interface Owner {

        /** The buffer has grown over its bound, or has shrunk to less than half of it. */
        void onFull(boolean full);

        void onCancel();
    }

    private final EventExecutor loop;
    private final Flow.Subscriber<? super ByteBuffer> subscriber;
    private final long bound;
    private final Owner owner;
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
    private long buffered;
    private long demand;
    private boolean full;
    private boolean delivering;
    private boolean complete;
    private boolean over;

    BlockOutflow(EventExecutor loop, Flow.Subscriber<? super ByteBuffer> subscriber, long bound, Owner owner) {
        this.loop = loop;
        this.subscriber = subscriber;
        this.bound = bound;
        this.owner = owner;
    }

    void subscribe() {
        subscriber.onSubscribe(this);
    }

    void offer(ByteBuffer data) {
        if (over) {
            return;
        }
        blocks.addLast(data);
        buffered += data.remaining();
        deliver();
        if (buffered > bound && !full) {
            full = true;
            owner.onFull(true);
        }
    }

    /** Nothing follows; the subscriber hears of it when it has taken everything. */
    void complete() {
        complete = true;
        deliver();
    }

    /** The rest will not come; the subscriber hears of it at once. */
    void fail(Throwable cause) {
        if (!over) {
            stop();
            subscriber.onError(cause);
        }
    }

    /** Whether the subscriber asks for nothing although there is something. */
    boolean isWaitedFor() {
        return !over && demand == 0 && !blocks.isEmpty();
    }

    @Override
    public void request(long count) {
        onLoop(() -> {
            if (over) {
                return;
            }
            if (count <= 0) {
                stop();
                subscriber.onError(new IllegalArgumentException("request: " + count + " (expected: 1 or more)"));
                owner.onCancel();
                return;
            }
            demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
            deliver();
        });
    }

    @Override
    public void cancel() {
        onLoop(() -> {
            if (!over) {
                stop();
                owner.onCancel();
            }
        });
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (!over && demand > 0 && !blocks.isEmpty()) {
                ByteBuffer next = blocks.removeFirst();
                buffered -= next.remaining();
                demand--;
                subscriber.onNext(next);
            }
        } finally {
            delivering = false;
        }
        if (!over && complete && blocks.isEmpty()) {
            stop();
            subscriber.onComplete();
        }
        if (full && buffered <= bound / 2) {
            full = false;
            owner.onFull(false);
        }
    }

    private void stop() {
        over = true;
        blocks.clear();
        buffered = 0;
        if (full) {
            full = false;
            owner.onFull(false);
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
