package org.isthmus.it.message;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppClient.Arrival;

/**
 * An XMPP user who writes at a steady pace to several people in turn, whatever breaks meanwhile, and remembers when each message
 * left and which stanza it was. A message that the client could not hand to its own server was never sent.
 */
final class SteadyWriter implements AutoCloseable {

    /**
     * A message that left.
     *
     * @param at {@link System#nanoTime}
     */
    record Written(String body, String id, long at) {}

    private final ScheduledExecutorService pen = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "steady-writer");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger number = new AtomicInteger();
    private final Map<String, Written> byId = new ConcurrentHashMap<>();

    /** @param client asked before each message, because a lost connection is replaced by a new client */
    SteadyWriter(Supplier<XmppClient> client, List<String> targets, String prefix, Duration pace) {
        pen.scheduleAtFixedRate(
                () -> {
                    int n = number.getAndIncrement();
                    String body = prefix + "-" + n;
                    long at = System.nanoTime();
                    try {
                        String id = client.get().send(targets.get(n % targets.size()), body);
                        byId.put(id, new Written(body, id, at));
                    } catch (IllegalStateException notConnected) {
                        // Its own server is away: nothing left the client.
                        number.get();
                    }
                },
                0,
                pace.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** All that left so far. */
    Collection<Written> written() {
        return byId.values();
    }

    /** Which message an error is about; null when it is none of ours. */
    @org.jspecify.annotations.Nullable
    String bodyOf(Arrival error) {
        Written about = byId.get(error.id());
        return about == null ? null : about.body();
    }

    /** Stops writing. */
    @Override
    public void close() {
        pen.shutdownNow();
        try {
            if (!pen.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the writer does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
