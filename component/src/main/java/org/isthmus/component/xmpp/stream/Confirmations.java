package org.isthmus.component.xmpp.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.isthmus.component.conversation.StanzaSink.Outcome;

/**
 * Who waits to hear that the server has read a stanza. Confined to the link's thread.
 *
 * <p>A component stream has no acknowledgements (XEP-0198 is for clients and servers). But a server reads in order, so
 * the answer to a ping written behind a batch proves that the batch was read. Stanzas are numbered; a ping remembers the
 * number it was written behind; its answer, result or error, releases all up to there.
 */
final class Confirmations {

    private record Waiting(long number, Consumer<Outcome> outcome) {}

    private record Ping(String id, long behind) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<Ping> pings = new ArrayDeque<>();
    private long written;

    /** A stanza was written that somebody waits for. */
    void written(Consumer<Outcome> outcome) {
        written++;
        waiting.add(new Waiting(written, outcome));
    }

    /** A ping was written behind everything so far. */
    void pinged(String id) {
        pings.add(new Ping(id, written));
    }

    /** Whether a ping is on its way. */
    boolean pingOutstanding() {
        return !pings.isEmpty();
    }

    /** Whether stanzas wait that no ping has been written behind. */
    boolean pingWanted() {
        Waiting last = waiting.peekLast();
        Ping latest = pings.peekLast();
        return last != null && (latest == null || latest.behind() < last.number());
    }

    /** Whether anybody waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * A ping was answered; an earlier one that was not, is not waited for any more.
     *
     * @return false when no ping has this id
     */
    boolean answered(String id) {
        if (pings.stream().noneMatch(ping -> ping.id().equals(id))) {
            return false;
        }
        Ping ping = pings.remove();
        while (!ping.id().equals(id)) {
            ping = pings.remove();
        }
        while (!waiting.isEmpty() && waiting.element().number() <= ping.behind()) {
            waiting.remove().outcome().accept(Outcome.CONSUMED);
        }
        return true;
    }

    /** The connection ended: whoever still waits, learns that nobody knows. */
    void lost() {
        pings.clear();
        while (!waiting.isEmpty()) {
            waiting.remove().outcome().accept(Outcome.LOST);
        }
    }
}
