package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The account of a set of messages, told by their bodies: what was sent, how often each arrived, how often each was reported to
 * its sender as failed. Not thread-safe.
 */
final class Tally {

    private final Map<String, Integer> delivered = new TreeMap<>();
    private final Map<String, Integer> reported = new TreeMap<>();
    private final TreeSet<String> sent;

    Tally(Collection<String> sent) {
        this.sent = new TreeSet<>(sent);
    }

    /** Once for each arrival. */
    void delivered(String body) {
        delivered.merge(body, 1, Integer::sum);
    }

    /** Once for each report of a failure, whatever it says. */
    void reported(String body) {
        reported.merge(body, 1, Integer::sum);
    }

    int deliveries() {
        return delivered.size();
    }

    int reports() {
        return reported.size();
    }

    /** Whether each was delivered or reported by now. */
    boolean complete() {
        return missing().isEmpty();
    }

    /** Neither delivered nor reported. */
    TreeSet<String> missing() {
        TreeSet<String> missing = new TreeSet<>(sent);
        missing.removeAll(delivered.keySet());
        missing.removeAll(reported.keySet());
        return missing;
    }

    /** Every message once, no report, nothing else. */
    void assertEachDeliveredOnce() {
        assertNothingTwice();
        assertThat(reported.keySet()).as("reported as failed").isEmpty();
        assertThat(missing()).as("lost").isEmpty();
    }

    /** Nothing arrived twice, nothing was reported twice, nothing was invented. */
    void assertNothingTwice() {
        assertThat(delivered.entrySet().stream().filter(e -> e.getValue() > 1))
                .as("delivered more than once")
                .isEmpty();
        assertThat(reported.entrySet().stream().filter(e -> e.getValue() > 1))
                .as("reported more than once")
                .isEmpty();
        assertThat(sent)
                .as("nothing is invented")
                .containsAll(delivered.keySet())
                .containsAll(reported.keySet());
    }

    @Override
    public String toString() {
        return sent.size() + " sent, " + delivered.size() + " delivered, " + reported.size() + " reported, "
                + missing().size() + " missing";
    }
}
