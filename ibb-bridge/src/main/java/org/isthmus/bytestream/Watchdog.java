package org.isthmus.bytestream;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nothing has happened for a while: expires after between one and one and a quarter of its limit without a
 * {@link #touch}. Touching costs one write, so it may be done for each block. Confined to the owner's thread.
 */
public final class Watchdog {

    private static final int PARTS = 4;

    private final OwnerThread owner;
    private final Duration part;
    private final Runnable expired;
    private int quietParts;
    private OwnerThread.@Nullable Timer timer;

    /**
     * Does not start it.
     *
     * @param limit how long nothing may happen; positive
     * @param expired run on the owner's thread, once a start
     */
    public Watchdog(OwnerThread owner, Duration limit, Runnable expired) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit: " + limit + " (expected: positive)");
        }
        this.owner = Objects.requireNonNull(owner, "owner");
        this.part = limit.dividedBy(PARTS);
        this.expired = Objects.requireNonNull(expired, "expired");
    }

    /** Starts it, or starts its time again. */
    public void start() {
        assert owner.inThread();
        stop();
        quietParts = 0;
        timer = owner.after(part, this::tick);
    }

    /** Something happened. */
    public void touch() {
        assert owner.inThread();
        quietParts = -1; // the part that runs now does not count
    }

    /** It will not expire until started again. */
    public void stop() {
        assert owner.inThread();
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void tick() {
        if (timer == null) {
            return;
        }
        quietParts++;
        if (quietParts >= PARTS) {
            timer = null;
            expired.run();
        } else {
            timer = owner.after(part, this::tick);
        }
    }
}
