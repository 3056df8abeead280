package org.isthmus.component.conversation;

import java.time.Duration;

/**
 * One of the threads that own relay state: tasks of one stripe never run at the same time, and tasks of one key in the
 * order of their submission. All methods may be called from any thread.
 *
 * <p>Two lanes. Control (responses, results, timers, close) is never refused and runs first; work (new messages, new
 * requests) is bounded by count and octets for each key, so that one flooding pair is told so while others are served.
 */
public interface Stripe {

    /** Runs the task after the control tasks before it. Never refused. */
    void control(Runnable task);

    /**
     * Queues new work of one owner.
     *
     * @param octets what the task holds on to, counted against the owner's bound until it has run
     * @return false when the owner or the stripe is over its bound; the task will not run and the caller answers
     */
    boolean work(OwnerKey key, int octets, Runnable task);

    /** Runs the task on this stripe after the delay, as control, unless cancelled before. */
    Timer after(Duration delay, Runnable task);

    /** Whether the caller runs on this stripe; for assertions. */
    boolean inStripe();

    /** A task that waits for its time. */
    interface Timer {
        /** The task will not run; harmless when it already ran. */
        void cancel();
    }
}
