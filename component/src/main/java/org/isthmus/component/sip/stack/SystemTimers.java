package org.isthmus.component.sip.stack;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.sip.SipTimers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on one daemon thread {@code sip-timer}. A task that throws is reported and keeps its period. */
public final class SystemTimers implements SipTimers, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SystemTimers.class);

    private final ScheduledThreadPoolExecutor executor;

    public SystemTimers() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sip-timer");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true); // transactions cancel most of their timers
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        if (executor.isShutdown()) {
            return () -> false;
        }
        return cancelling(executor.schedule(safe(task), delay.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    public Task every(Duration delay, Duration period, Runnable task) {
        if (executor.isShutdown()) {
            return () -> false;
        }
        return cancelling(
                executor.scheduleWithFixedDelay(safe(task), delay.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static Task cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }

    private static Runnable safe(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | StackOverflowError defect) {
                log.error("sip.timer.defect {}", defect.getClass().getName(), defect);
            }
        };
    }

    /** Ends the thread; tasks that wait will not run. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
