package org.isthmus.component.xmpp.stream;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/** When to connect again. Confined to the link's thread. */
final class RetryPolicy {

    /** How an end is to be met. */
    enum Class {
        /** Growing waits. */
        NORMAL,
        /** Somebody else holds the name: growing waits that never begin at once, so that two do not chase each other. */
        CONFLICT,
        /** Only the operator can mend it: slow from the start. */
        CONFIGURATION
    }

    /**
     * Conditions that say so before the handshake is done. After it, the same conditions are an error of ours in one
     * stanza, and everybody else's traffic is not made to wait for it.
     */
    private static final Map<String, Class> BEFORE_HANDSHAKE = Map.of(
            "not-authorized", Class.CONFIGURATION,
            "host-unknown", Class.CONFIGURATION,
            "host-gone", Class.CONFIGURATION,
            "invalid-namespace", Class.CONFIGURATION,
            "improper-addressing", Class.CONFIGURATION,
            "invalid-from", Class.CONFIGURATION,
            "bad-format", Class.CONFIGURATION,
            "see-other-host", Class.CONFIGURATION);

    private final LinkLimits limits;
    private final RandomGenerator random;
    private int failures;

    RetryPolicy(LinkLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    static Class classify(LinkDown why) {
        if (why.condition().filter("conflict"::equals).isPresent()) {
            return Class.CONFLICT;
        }
        return switch (why.cause()) {
            case NO_SECRET, TLS_FAILED -> Class.CONFIGURATION;
            case STREAM_ERROR ->
                why.wasUp()
                        ? Class.NORMAL
                        : BEFORE_HANDSHAKE.getOrDefault(why.condition().orElse(""), Class.NORMAL);
            default -> Class.NORMAL;
        };
    }

    /**
     * The wait after this end.
     *
     * @param upFor how long the link was up; zero when it was not
     */
    Duration next(LinkDown why, Duration upFor) {
        if (upFor.compareTo(limits.stableAfter()) >= 0) {
            failures = 0;
        }
        Class kind = classify(why);
        if (kind == Class.CONFLICT) {
            failures = Math.max(failures, 3);
        }
        Duration wait = grown();
        failures = Math.min(failures + 1, 30);
        if (kind == Class.CONFIGURATION) {
            // Jitter upwards only: at least the configured wait.
            return limits.retryConfiguration().plus(wait.dividedBy(4));
        }
        return wait;
    }

    /** Doubling up to the cap; the upper half of it at random, so that gateways of one server do not return as one. */
    private Duration grown() {
        long cap = limits.retryCap().toMillis();
        long full = Math.min(cap, limits.retryFirst().toMillis() << Math.min(failures, 20));
        long half = Math.max(1, full / 2);
        return Duration.ofMillis(half + random.nextLong(half + 1));
    }
}
