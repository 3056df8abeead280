package org.isthmus.it.bed.sip;

import java.time.Duration;
import java.util.regex.Pattern;
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

    void await(String regex, ChildProcess source) {
        Pattern wanted = Pattern.compile(regex);
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> wanted.matcher(text).find());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    source.name() + " did not say /" + regex + "/ but:\n" + text + "\n" + source.tail(40), e);
        }
    }
}
