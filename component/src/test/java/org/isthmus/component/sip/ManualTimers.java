package org.isthmus.component.sip;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that the test turns. Tasks run on the turning thread, in order of their time. */
public final class ManualTimers implements SipTimers {

    private static final class Waiting implements Task {
        private final Runnable task;
        private final Duration period;
        private long at;
        private boolean cancelled;

        private Waiting(long at, Duration period, Runnable task) {
            this.at = at;
            this.period = period;
            this.task = task;
        }

        @Override
        public synchronized boolean cancel() {
            boolean was = !cancelled;
            cancelled = true;
            return was;
        }

        private synchronized boolean isCancelled() {
            return cancelled;
        }
    }

    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparingLong(task -> task.at));
    private long now = 1_000_000_000L;

    @Override
    public synchronized long nanos() {
        return now;
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        return add(delay, Duration.ZERO, task);
    }

    @Override
    public Task every(Duration delay, Duration period, Runnable task) {
        return add(delay, period, task);
    }

    private synchronized Task add(Duration delay, Duration period, Runnable task) {
        Waiting added = new Waiting(now + delay.toNanos(), period, task);
        waiting.add(added);
        notifyAll();
        return added;
    }

    /** Tasks that wait for their time. */
    public synchronized long tasks() {
        return waiting.stream().filter(task -> !task.isCancelled()).count();
    }

    /** Periodic tasks; each client transaction has one. */
    public synchronized long periodic() {
        return waiting.stream()
                .filter(task -> !task.period.isZero() && !task.isCancelled())
                .count();
    }

    /** Waits until there are more periodic tasks than so many: another thread has got as far as its transaction's timer. */
    public synchronized void awaitMorePeriodicThan(long count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (periodic() <= count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no new timer in 10 s");
            }
            wait(left);
        }
    }

    /** Lets the time pass; runs what falls due, what that schedules included. */
    public void advance(Duration step) {
        long until = nanos() + step.toNanos();
        while (true) {
            Waiting due;
            synchronized (this) {
                if (waiting.isEmpty() || waiting.peek().at > until) {
                    now = until;
                    return;
                }
                due = waiting.remove();
                now = Math.max(now, due.at);
            }
            if (due.isCancelled()) {
                continue;
            }
            due.task.run();
            if (!due.period.isZero()) {
                synchronized (this) {
                    due.at = now + due.period.toNanos();
                    waiting.add(due);
                }
            }
        }
    }
}
