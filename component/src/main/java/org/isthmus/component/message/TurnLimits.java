package org.isthmus.component.message;

import java.time.Duration;

/**
 * When an exchange is taken for one between two automata.
 *
 * @param turns changes of direction within the window that people never reach; default 20
 * @param window default 10 s
 * @param pause for how long both directions are refused then; default 60 s
 */
public record TurnLimits(int turns, Duration window, Duration pause) {

    public static TurnLimits defaults() {
        return new TurnLimits(20, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }
}
