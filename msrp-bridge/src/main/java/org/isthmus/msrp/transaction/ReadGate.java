package org.isthmus.msrp.transaction;

import io.netty.channel.Channel;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether the socket is read. Anybody may hold it; it is read when nobody does. Keeps the clock for what the peer owes
 * us, which stands still while we do not read: its answer may lie in what we have not read. Confined to the loop of the
 * channel.
 */
final class ReadGate {

    private final Channel channel;
    private final MsrpTimers timers;
    private final Set<Object> holders = Collections.newSetFromMap(new IdentityHashMap<>(4));
    private long heldNanos;
    private long heldSince;

    ReadGate(Channel channel, MsrpTimers timers) {
        this.channel = channel;
        this.timers = timers;
    }

    void hold(Object holder) {
        if (holders.isEmpty()) {
            heldSince = timers.nanoTime();
            channel.config().setAutoRead(false);
        }
        holders.add(holder);
    }

    /**
     * Ends one hold.
     *
     * @return whether reading begins again
     */
    boolean release(Object holder) {
        if (!holders.remove(holder) || !holders.isEmpty()) {
            return false;
        }
        heldNanos += timers.nanoTime() - heldSince;
        if (channel.isOpen()) {
            channel.config().setAutoRead(true);
        }
        return true;
    }

    boolean isHeldBy(Object holder) {
        return holders.contains(holder);
    }

    boolean isOpen() {
        return holders.isEmpty();
    }

    /** Time without that in which we did not read. */
    long peerTime() {
        long now = timers.nanoTime();
        return now - heldNanos - (holders.isEmpty() ? 0 : now - heldSince);
    }
}
