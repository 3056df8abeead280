package org.isthmus.bytestream;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file that exists only while it is read: each octet is computed from its position. Counts what it has given, so that
 * together with what arrived it shows how much is on its way.
 */
public final class Generator implements Flow.Publisher<ByteBuffer> {

    private final long size;
    private final int block;
    private final Executor thread;
    private final long wrongAt;
    private final AtomicLong given = new AtomicLong();
    private volatile boolean cancelled;

    /**
     * Of a thread that runs its tasks in order.
     *
     * @param block octets of each block
     */
    public Generator(long size, int block, Executor thread) {
        this(size, block, thread, -1);
    }

    private Generator(long size, int block, Executor thread, long wrongAt) {
        this.size = size;
        this.block = block;
        this.thread = thread;
        this.wrongAt = wrongAt;
    }

    /** The same with one octet changed. */
    public Generator wrongAt(long position) {
        return new Generator(size, block, thread, position);
    }

    /** The octet at a position. */
    public static byte octet(long position) {
        return (byte) (position ^ (position >>> 8) * 31 ^ (position >>> 16) * 17);
    }

    public static void fill(byte[] octets, long from) {
        for (int i = 0; i < octets.length; i++) {
            octets[i] = octet(from + i);
        }
    }

    public long given() {
        return given.get();
    }

    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        thread.execute(() -> subscriber.onSubscribe(new Reading(subscriber)));
    }

    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private boolean ended;

        private Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
            thread.execute(this::endIfDone);
        }

        @Override
        public void request(long n) {
            thread.execute(() -> give(n));
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        private void give(long n) {
            for (long i = 0; i < n && !cancelled && !ended; i++) {
                long from = given.get();
                byte[] octets = new byte[(int) Math.min(block, size - from)];
                fill(octets, from);
                if (wrongAt >= from && wrongAt < from + octets.length) {
                    octets[(int) (wrongAt - from)] ^= 1;
                }
                given.addAndGet(octets.length);
                subscriber.onNext(ByteBuffer.wrap(octets));
                endIfDone();
            }
        }

        private void endIfDone() {
            if (!ended && !cancelled && given.get() == size) {
                ended = true;
                subscriber.onComplete();
            }
        }
    }
}
