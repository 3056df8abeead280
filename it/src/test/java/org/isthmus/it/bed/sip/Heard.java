package org.isthmus.it.bed.sip;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.isthmus.it.bed.ChildProcess;

/** Text that comes in from somewhere and is waited for. Written by one thread, read by another. */
final class Heard {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final StringBuffer text = new StringBuffer();

    void add(String more) {
        text.append(more);
    }

    void await(String wanted, ChildProcess source) {
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> text.indexOf(wanted) >= 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    source.name() + " did not say <" + wanted + "> but:\n" + text + "\n" + source.tail(40), e);
        }
    }
}
