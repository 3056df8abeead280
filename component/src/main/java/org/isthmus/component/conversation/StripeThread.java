package org.isthmus.component.conversation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stripe on a thread of its own.
 *
 * <p><b>Order.</b> One lock guards two queues and the timers. The thread takes, in this order: due timers, all control
 * tasks, one work task. So a response is never behind new messages, and a flood of work cannot starve control.
 *
 * <p><b>Bounds.</b> Work is counted per owner and per stripe, in tasks and octets, from submission until the task has
 * run. The map of owners holds only those that wait, so it cannot grow beyond the stripe's bound.
 */
final class StripeThread implements Stripe {

    private record Work(OwnerKey owner, int octets, Runnable task) {}

    private static final class Held {
        private int tasks;
        private long octets;
    }

    private final class Due implements Timer, Comparable<Due> {
        private final long atNanos;
        private final long order;
        private @Nullable Runnable task;

        private Due(long atNanos, long order, Runnable task) {
            this.atNanos = atNanos;
            this.order = order;
            this.task = task;
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                if (task != null) {
                    task = null;
                    timers.remove(this);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int compareTo(Due other) {
            int byTime = Long.signum(atNanos - other.atNanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Runnable> control = new ArrayDeque<>();
    private final ArrayDeque<Work> work = new ArrayDeque<>();
    private final Map<OwnerKey, Held> held = new HashMap<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>();
    private final StripeLimits limits;
    private final TaskFailures failures;
    private final Thread thread;
    private long heldOctets;
    private long timerOrder;
    private boolean finishing;

    StripeThread(String name, StripeLimits limits, TaskFailures failures) {
        this.limits = limits;
        this.failures = failures;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    @Override
    public void control(Runnable task) {
        lock.lock();
        try {
            control.add(task);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean work(OwnerKey key, int octets, Runnable task) {
        lock.lock();
        try {
            if (finishing || work.size() >= limits.stripeTasks() || heldOctets + octets > limits.stripeOctets()) {
                return false;
            }
            Held owner = held.computeIfAbsent(key, k -> new Held());
            if (owner.tasks >= limits.ownerTasks() || owner.octets + octets > limits.ownerOctets()) {
                return false;
            }
            owner.tasks++;
            owner.octets += octets;
            heldOctets += octets;
            work.add(new Work(key, octets, task));
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        lock.lock();
        try {
            Due due = new Due(System.nanoTime() + delay.toNanos(), timerOrder++, task);
            timers.add(due);
            changed.signal();
            return due;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean inStripe() {
        return Thread.currentThread() == thread;
    }

    int waiting() {
        lock.lock();
        try {
            return control.size() + work.size();
        } finally {
            lock.unlock();
        }
    }

    void finish() {
        lock.lock();
        try {
            finishing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void join(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Runnable task = next();
        while (task != null) {
            try {
                task.run();
            } catch (Throwable failure) { // one bad task must not end the stripe for everybody on it
                failures.failed(thread.getName(), failure);
            }
            task = next();
        }
    }

    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (true) {
                Due due = timers.peek();
                long wait = due == null ? Long.MAX_VALUE : due.atNanos - System.nanoTime();
                if (due != null && wait <= 0) {
                    timers.poll();
                    Runnable task = due.task;
                    due.task = null;
                    if (task != null) {
                        return task;
                    }
                    continue;
                }
                Runnable first = control.poll();
                if (first != null) {
                    return first;
                }
                Work queued = work.poll();
                if (queued != null) {
                    return () -> perform(queued);
                }
                if (finishing) {
                    return null;
                }
                if (due == null) {
                    changed.awaitUninterruptibly();
                } else {
                    awaitNanos(wait);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // next() is the loop
    private void awaitNanos(long nanos) {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException ignored) {
            // Nobody interrupts a stripe on purpose; the loop looks again.
        }
    }

    private void perform(Work queued) {
        try {
            queued.task().run();
        } finally {
            release(queued);
        }
    }

    private void release(Work queued) {
        lock.lock();
        try {
            heldOctets -= queued.octets();
            Held owner = held.get(queued.owner());
            if (owner != null) {
                owner.tasks--;
                owner.octets -= queued.octets();
                if (owner.tasks == 0) {
                    held.remove(queued.owner());
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
