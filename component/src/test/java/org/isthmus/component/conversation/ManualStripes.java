package org.isthmus.component.conversation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/** One stripe for everybody, driven by the test: nothing runs until {@link #runAll()} or {@link #advance(Duration)}. */
public final class ManualStripes implements Stripes, Stripe {

    private record Due(long at, long order, Runnable task) {}

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Due> timers =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long now;
    private long order;
    private boolean running;

    @Override
    public Stripe of(OwnerKey key) {
        return this;
    }

    @Override
    public void control(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean work(OwnerKey key, int octets, Runnable task) {
        tasks.add(task);
        return true;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        Due due = new Due(now + delay.toNanos(), order++, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    @Override
    public boolean inStripe() {
        return running;
    }

    /** Runs what is queued, and what that queues. */
    public void runAll() {
        running = true;
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        } finally {
            running = false;
        }
    }

    /** Lets the time pass, running each timer when it is due. */
    public void advance(Duration time) {
        long until = now + time.toNanos();
        runAll();
        for (Due due = timers.peek(); due != null && due.at() <= until; due = timers.peek()) {
            timers.remove(due);
            now = due.at();
            tasks.add(due.task());
            runAll();
        }
        now = until;
    }

    /** The time of day, which passes with {@link #advance(Duration)} alone. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new AssertionError("not scripted: " + zone);
            }

            @Override
            public Instant instant() {
                return Instant.EPOCH.plusNanos(now);
            }
        };
    }
}
