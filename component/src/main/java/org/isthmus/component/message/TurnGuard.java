package org.isthmus.component.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.isthmus.component.conversation.OwnerKey;
import org.jspecify.annotations.Nullable;

/**
 * Stops two automata that answer each other through the gateway: each message is the other's cue, so messages alternate
 * faster than people can write. Only changes of direction count; a flood in one direction is not a loop and is bounded
 * elsewhere.
 *
 * <p>The state of a pair is touched on the pair's stripe alone; the cache only finds and forgets it.
 */
final class TurnGuard {

    private static final int MAX_PAIRS = 100_000;

    /** What the guard says about a message. */
    enum Verdict {
        PASS,
        /** Refused, and it is the first of this pause: worth a log line. */
        REFUSE_FIRST,
        REFUSE
    }

    private static final class Turns {
        private final ArrayDeque<Long> times = new ArrayDeque<>();
        private @Nullable Boolean lastToSip;
        private boolean pausing;
        private long pauseEnds;
    }

    private final TurnLimits limits;
    private final LongSupplier nanos;
    private final Cache<OwnerKey.Pair, Turns> pairs;

    /**
     * @param nanos a clock that only moves forward, in nanoseconds
     */
    TurnGuard(TurnLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        Duration memory = limits.window().plus(limits.pause());
        this.pairs = Caffeine.newBuilder()
                .maximumSize(MAX_PAIRS)
                .expireAfterAccess(memory)
                .ticker(nanos::getAsLong)
                .build();
    }

    /** Counts the message. On the stripe of the pair. */
    Verdict see(OwnerKey.Pair pair, boolean toSip) {
        Turns turns = pairs.get(pair, p -> new Turns());
        long now = nanos.getAsLong();
        if (turns.pausing) {
            if (now - turns.pauseEnds < 0) {
                return Verdict.REFUSE;
            }
            turns.pausing = false;
            turns.times.clear();
        }
        Boolean last = turns.lastToSip;
        turns.lastToSip = toSip;
        if (last == null || last == toSip) {
            return Verdict.PASS;
        }
        while (!turns.times.isEmpty()
                && now - turns.times.peek() >= limits.window().toNanos()) {
            turns.times.remove();
        }
        turns.times.add(now);
        if (turns.times.size() <= limits.turns()) {
            return Verdict.PASS;
        }
        turns.pausing = true;
        turns.pauseEnds = now + limits.pause().toNanos();
        return Verdict.REFUSE_FIRST;
    }
}
