package org.isthmus.component.conversation;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The running program's stripes: k threads {@code conv-0 … conv-k}, an owner on the stripe {@code floorMod(hash, k)}.
 */
public final class StripeThreads implements Stripes, AutoCloseable {

    private final StripeThread[] stripes;

    /**
     * @param count how many, at least 1; the number of cores is a good choice
     * @param failures told of tasks that threw
     */
    public StripeThreads(int count, StripeLimits limits, TaskFailures failures) {
        AtomicInteger number = new AtomicInteger();
        stripes = IntStream.range(0, count)
                .mapToObj(i -> new StripeThread("conv-" + number.getAndIncrement(), limits, failures))
                .toArray(StripeThread[]::new);
        for (StripeThread stripe : stripes) {
            stripe.start();
        }
    }

    @Override
    public Stripe of(OwnerKey key) {
        // floorMod: a hash may be negative.
        return stripes[Math.floorMod(key.hashCode(), stripes.length)];
    }

    /** Tasks waiting on all stripes, for the metrics. */
    public int waiting() {
        int sum = 0;
        for (StripeThread stripe : stripes) {
            sum += stripe.waiting();
        }
        return sum;
    }

    /**
     * Lets queued tasks run, then ends the threads; timers that are not due are dropped.
     *
     * @param patience how long to wait for queued tasks, all stripes together
     */
    public void close(Duration patience) {
        for (StripeThread stripe : stripes) {
            stripe.finish();
        }
        long deadline = System.nanoTime() + patience.toNanos();
        for (StripeThread stripe : stripes) {
            stripe.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
