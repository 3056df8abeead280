package org.isthmus.component.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.mappings.Crossing;

/** Finds the state of a pair; forgets it after a day without a message, or the oldest when there are too many. */
final class PairStates {

    private static final Duration MEMORY = Duration.ofDays(1);

    private static final int MAX_PAIRS = 100_000;

    private final Cache<OwnerKey.Pair, PairState> states = Caffeine.newBuilder()
            .maximumSize(MAX_PAIRS)
            .expireAfterAccess(MEMORY)
            .build();

    /** The state of the pair, a new one when nothing is remembered. To be used on the pair's stripe. */
    PairState of(Crossing crossing) {
        return states.get(OwnerKey.Pair.of(crossing), pair -> new PairState());
    }
}
