package org.isthmus.bytestream;

import java.time.Duration;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An owner whose tasks and time move when the test says so. Tasks may come from any thread, timers from the test's own. */
public final class ManualOwner implements OwnerThread {

    private final class Due implements Timer, Comparable<Due> {
        private final long at;
        private final long order;
        private Runnable task;

        private Due(long at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            timers.remove(this);
        }

        @Override
        public int compareTo(Due other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>();
    private long now;
    private long order;
    private volatile Thread running;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean inThread() {
        return running == Thread.currentThread();
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Due due = new Due(now + delay.toNanos(), order++, task);
        timers.add(due);
        return due;
    }

    /** Runs what is queued, and what that queues, without moving time. */
    public void run() {
        running = Thread.currentThread();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        running = null;
    }

    /** Runs what is queued, then lets time pass with everything that is due in it. */
    public void advance(Duration time) {
        run();
        long until = now + time.toNanos();
        while (!timers.isEmpty() && timers.peek().at <= until) {
            Due due = timers.poll();
            now = due.at;
            tasks.add(due.task);
            run();
        }
        now = until;
    }

    /** Timers that wait; 0 when nothing is left behind. */
    public int timers() {
        return timers.size();
    }
}
