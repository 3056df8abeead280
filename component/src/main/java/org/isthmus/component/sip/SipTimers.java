package org.isthmus.component.sip;

import java.time.Duration;

/** Time, as the SIP edge sees it: JAIN-SIP's timers run on it too, so that a test can turn the clock. */
public interface SipTimers {

    /** Nanoseconds on a clock that only goes forward. */
    long nanos();

    /** Runs the task once after the delay, on a thread that must not be held up. */
    Task after(Duration delay, Runnable task);

    /** Runs the task again and again, {@code period} after its last end. */
    Task every(Duration delay, Duration period, Runnable task);

    /** Something that waits for its time. */
    interface Task {
        /**
         * It will not run again.
         *
         * @return false when it had already run or was cancelled before
         */
        boolean cancel();
    }
}
