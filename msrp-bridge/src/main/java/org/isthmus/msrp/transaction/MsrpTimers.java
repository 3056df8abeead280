package org.isthmus.msrp.transaction;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time and timers, so that tests can move them. Safe for several threads. */
public interface MsrpTimers {

    /** A task that waits for its time. */
    interface Timeout {
        /** The task will not run; harmless when it already ran. */
        void cancel();
    }

    /** Nanoseconds of a clock that never goes back. */
    long nanoTime();

    /** Runs the task on the loop after the delay, unless cancelled before. */
    Timeout schedule(EventExecutor loop, Duration delay, Runnable task);

    /** The clock of the machine and the timers of the loop itself. */
    static MsrpTimers system() {
        return new MsrpTimers() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Timeout schedule(EventExecutor loop, Duration delay, Runnable task) {
                Future<?> pending = loop.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> pending.cancel(false);
            }
        };
    }
}
