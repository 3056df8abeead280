package org.isthmus.bytestream;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * The one thread that owns a stream's state: its tasks never run at the same time and run in the order of their submission.
 * A library class that takes one touches its state nowhere else. All methods may be called from any thread; none blocks.
 */
public interface OwnerThread extends Executor {

    /** Queues the task behind those before it. Never refuses, never runs it inside this call. */
    @Override
    void execute(Runnable task);

    /** Whether the caller runs on this thread; for assertions. */
    boolean inThread();

    /** Queues the task after the delay, unless cancelled before. */
    Timer after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Timer {
        /** The task will not run, if called on the owner's thread; harmless when it already ran. */
        void cancel();
    }
}
