package org.isthmus.component.xmpp.stream;

import java.time.Duration;
import java.util.Map;
import java.util.random.RandomGenerator;

/** When to connect again. Confined to the link's thread. */
final class RetryPolicy {

    /** How an end is to be met. */
    enum Kind {
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
    private static final Map<String, Kind> BEFORE_HANDSHAKE = Map.of(
            "not-authorized", Kind.CONFIGURATION,
            "host-unknown", Kind.CONFIGURATION,
            "host-gone", Kind.CONFIGURATION,
            "invalid-namespace", Kind.CONFIGURATION,
            "improper-addressing", Kind.CONFIGURATION,
            "invalid-from", Kind.CONFIGURATION,
            "bad-format", Kind.CONFIGURATION,
            "see-other-host", Kind.CONFIGURATION);

    private final LinkLimits limits;
    private final RandomGenerator random;
    private int failures;

    RetryPolicy(LinkLimits limits, RandomGenerator random) {
        this.limits = limits;
        this.random = random;
    }

    static Kind classify(LinkDown why) {
        if (why.condition().filter("conflict"::equals).isPresent()) {
            return Kind.CONFLICT;
        }
        return switch (why.cause()) {
            case NO_SECRET, TLS_FAILED -> Kind.CONFIGURATION;
            case STREAM_ERROR ->
                why.wasUp()
                        ? Kind.NORMAL
                        : BEFORE_HANDSHAKE.getOrDefault(why.condition().orElse(""), Kind.NORMAL);
            default -> Kind.NORMAL;
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
        Kind kind = classify(why);
        if (kind == Kind.CONFLICT) {
            failures = Math.max(failures, 3);
        }
        Duration wait = grown();
        failures = Math.min(failures + 1, 30);
        if (kind == Kind.CONFIGURATION) {
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
