package org.isthmus.component.sip.route;

import java.time.Duration;
import java.util.Optional;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTimers;

/**
 * Spares a dead next hop, and those who wait for it, further attempts: after some transport failures in a row nothing is
 * sent for a while; then one request is let through to see. Belongs to the strand of its next hop.
 */
final class CircuitBreaker {

    private final SipLimits limits;
    private final SipTimers timers;
    private int failures;
    private long openUntil;
    private Duration pause = Duration.ZERO;

    CircuitBreaker(SipLimits limits, SipTimers timers) {
        this.limits = limits;
        this.timers = timers;
    }

    /** How long requests are still refused; empty: try. */
    Optional<Duration> refusesFor() {
        if (pause.isZero()) {
            return Optional.empty();
        }
        long left = openUntil - timers.nanos();
        return left <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(left));
    }

    /** The next hop took a request; true when the breaker was open and this closed it. */
    boolean succeeded() {
        boolean wasOpen = !pause.isZero();
        failures = 0;
        pause = Duration.ZERO;
        return wasOpen;
    }

    /** The next hop did not; true when this opened the breaker, or kept it open. */
    boolean failed() {
        failures++;
        if (failures < limits.breakerFailures()) {
            return false;
        }
        Duration next = pause.isZero() ? limits.breakerOpen() : pause.multipliedBy(2);
        pause = next.compareTo(limits.breakerOpenMost()) > 0 ? limits.breakerOpenMost() : next;
        openUntil = timers.nanos() + pause.toNanos();
        return true;
    }
}
