package org.isthmus.msrp.transaction;

/**
 * A cap on the octets of bodies sent per second, for a session or shared by all sessions of a partner. A token bucket
 * that may go into debt by one chunk. Safe for several threads.
 */
public final class BandwidthLimit {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double burst;
    private final MsrpTimers timers;
    private double tokens;
    private long filledAt;

    /**
     * @param octetsPerSecond 1 or more
     * @param burst octets that may go at once after a pause, 1 or more
     */
    public BandwidthLimit(long octetsPerSecond, long burst, MsrpTimers timers) {
        if (octetsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "octetsPerSecond " + octetsPerSecond + ", burst " + burst + " (expected: 1 or more)");
        }
        this.perSecond = octetsPerSecond;
        this.burst = burst;
        this.timers = timers;
        this.tokens = burst;
        this.filledAt = timers.nanoTime();
    }

    /** Nanoseconds until something may be sent; 0 for now. */
    public synchronized long readyIn() {
        fill();
        return tokens > 0 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS);
    }

    /** So much was sent. */
    public synchronized void spend(long octets) {
        fill();
        tokens -= octets;
    }

    private void fill() {
        long now = timers.nanoTime();
        tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * perSecond);
        filledAt = now;
    }
}
