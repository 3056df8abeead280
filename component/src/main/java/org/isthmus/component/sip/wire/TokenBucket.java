package org.isthmus.component.sip.wire;

import org.isthmus.component.sip.SipTimers;

/** So many a second, saved up for one second at most. Any thread. */
final class TokenBucket {

    private static final double NANOS = 1e9;

    private final int perSecond;
    private final SipTimers timers;
    private double tokens;
    private long last;

    TokenBucket(int perSecond, SipTimers timers) {
        this.perSecond = perSecond;
        this.timers = timers;
        this.tokens = perSecond;
        this.last = timers.nanos();
    }

    synchronized boolean take() {
        long now = timers.nanos();
        tokens = Math.min(perSecond, tokens + (now - last) / NANOS * perSecond);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
