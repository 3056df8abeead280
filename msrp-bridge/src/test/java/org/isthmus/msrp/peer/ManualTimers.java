package org.isthmus.msrp.peer;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.isthmus.msrp.transaction.MsrpTimers;

/** Time that stands still until it is moved; tasks run on their loops, one after the other. */
public final class ManualTimers implements MsrpTimers {

    private record Task(long at, long order, EventExecutor loop, Runnable task) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private final Set<EventExecutor> loops = Collections.newSetFromMap(new IdentityHashMap<>());
    private long now = 1_000_000_000L;
    private long order;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Timeout schedule(EventExecutor loop, Duration delay, Runnable task) {
        Task entry = new Task(now + delay.toNanos(), order++, loop, task);
        tasks.add(entry);
        loops.add(loop);
        return () -> {
            synchronized (this) {
                tasks.remove(entry);
            }
        };
    }

    /** Moves time on and runs what becomes due, after the loops have done what they were about to do. */
    public void advance(Duration time) {
        settle();
        long target;
        synchronized (this) {
            target = now + time.toNanos();
        }
        while (true) {
            Task next;
            synchronized (this) {
                next = tasks.peek();
                if (next == null || next.at > target) {
                    now = target;
                    return;
                }
                tasks.remove();
                now = Math.max(now, next.at);
            }
            if (next.loop.inEventLoop()) {
                next.task.run();
            } else if (!next.loop.isShuttingDown()) {
                next.loop.submit(next.task).syncUninterruptibly();
            }
        }
    }

    /** Waits until the loops have run the tasks that they have. */
    public void settle() {
        List<EventExecutor> all;
        synchronized (this) {
            all = List.copyOf(loops);
        }
        for (EventExecutor loop : all) {
            if (!loop.inEventLoop() && !loop.isShuttingDown()) {
                loop.submit(() -> {}).syncUninterruptibly();
            }
        }
    }
}
