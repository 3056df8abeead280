package org.isthmus.component;

import java.time.Duration;
import java.util.ArrayDeque;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.component.conversation.Stripe;
import org.isthmus.component.conversation.Stripes;

/** One stripe for everybody on the caller's thread: tasks run when {@link #runAll} is called, timers never. */
final class DryRunStripes implements Stripes, Stripe {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
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
        return tasks.add(task);
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        return () -> {};
    }

    @Override
    public boolean inStripe() {
        return running;
    }

    void runAll() {
        running = true;
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        } finally {
            running = false;
        }
    }
}
