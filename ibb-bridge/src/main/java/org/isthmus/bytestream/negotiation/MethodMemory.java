package org.isthmus.bytestream.negotiation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.isthmus.bytestream.StreamMethod;
import org.xmpp.packet.JID;

/**
 * Remembers with which clients SOCKS5 failed, for a while, so that their next file does not wait for it again. In-band
 * streams are always possible and never forgotten about. Bounded: when it is full the longest remembered one goes.
 * Thread-safe.
 */
public final class MethodMemory {

    /** How long a failure is remembered. */
    public static final Duration DAY = Duration.ofHours(24);

    private final InstantSource clock;
    private final Duration keep;
    private final int capacity;
    private final Map<JID, Instant> failures = new LinkedHashMap<>();

    /**
     * Empty.
     *
     * @param capacity clients, 1 or more
     */
    public MethodMemory(InstantSource clock, Duration keep, int capacity) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.keep = Objects.requireNonNull(keep, "keep");
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: " + capacity + " (expected: 1 or more)");
        }
        this.capacity = capacity;
    }

    /** SOCKS5 has failed with this client. */
    public synchronized void socks5Failed(JID client) {
        failures.remove(client); // so that the order is that of the failures
        failures.put(client, clock.instant());
        if (failures.size() > capacity) {
            Iterator<JID> oldest = failures.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** SOCKS5 has worked with this client after all. */
    public synchronized void socks5Worked(JID client) {
        failures.remove(client);
    }

    /** The methods worth trying with this client, best first. */
    public synchronized List<StreamMethod> methodsFor(JID client) {
        Instant failed = failures.get(client);
        if (failed != null && !clock.instant().isBefore(failed.plus(keep))) {
            failures.remove(client);
            failed = null;
        }
        return failed == null ? List.of(StreamMethod.SOCKS5, StreamMethod.IBB) : List.of(StreamMethod.IBB);
    }

    /** How many are remembered. */
    public synchronized int size() {
        return failures.size();
    }
}
