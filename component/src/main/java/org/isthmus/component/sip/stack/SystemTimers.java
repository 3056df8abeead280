package org.isthmus.component.sip.stack;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.sip.SipTimers;

/** Timers on one daemon thread {@code sip-timer}. A task that throws is reported and keeps its period. */
public final class SystemTimers implements SipTimers, AutoCloseable {

    private final EventLog log;
    private final ScheduledThreadPoolExecutor executor;

    public SystemTimers(EventLog log) {
        this.log = log;
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
        try {
            return cancelling(executor.schedule(safe(task), delay.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            return () -> false;
        }
    }

    @Override
    public Task every(Duration delay, Duration period, Runnable task) {
        try {
            return cancelling(executor.scheduleWithFixedDelay(
                    safe(task), delay.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException closed) {
            return () -> false;
        }
    }

    private static Task cancelling(Future<?> future) {
        return () -> future.cancel(false);
    }

    private Runnable safe(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | StackOverflowError defect) {
                log.defect("sip-timer", defect);
            }
        };
    }

    /** Ends the thread; tasks that wait will not run. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
