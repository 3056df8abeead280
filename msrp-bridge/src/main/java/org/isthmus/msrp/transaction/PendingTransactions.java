package org.isthmus.msrp.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isthmus.msrp.frame.MsrpResponse;

/**
 * Requests that await their response. Time runs from the moment the last octet has gone to the system (RFC 4975
 * §7.1.1); because it is the same for all and octets go in order, the oldest is always the first to expire and one
 * ordered map serves as the timer of all. Confined to the connection's loop.
 */
final class PendingTransactions {

    private static final class Pending {
        final ResponseHandler handler;
        boolean written;
        long deadline;

        Pending(ResponseHandler handler) {
            this.handler = handler;
        }
    }

    /** Requests that hear of errors only: remembered for a while, because no response ends them. */
    private static final int ERRORS_ONLY = 1024;

    private final long timeoutNanos;
    private final Map<String, Pending> byId = new LinkedHashMap<>();
    private final Deque<Pending> unwritten = new ArrayDeque<>();
    private final Map<String, ResponseHandler> errorsOnly = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ResponseHandler> eldest) {
            return size() > ERRORS_ONLY;
        }
    };

    PendingTransactions(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    void add(String id, ResponseHandler handler) {
        errorsOnly.remove(id);
        Pending pending = new Pending(handler);
        byId.put(id, pending);
        unwritten.addLast(pending);
    }

    /** The handler hears of a response if one comes, but is neither waited for nor told of a time-out. */
    void addErrorsOnly(String id, ResponseHandler handler) {
        errorsOnly.put(id, handler);
    }

    /** Requests that somebody waits for. */
    int size() {
        return byId.size();
    }

    boolean contains(String id) {
        return byId.containsKey(id) || errorsOnly.containsKey(id);
    }

    /** Requests whose octets are still with us. */
    int unwritten() {
        return unwritten.size();
    }

    /** The oldest {@code count} unwritten requests have gone to the system. */
    void written(int count, long nanoTime) {
        for (int i = 0; i < count; i++) {
            Pending pending = unwritten.removeFirst();
            pending.written = true;
            pending.deadline = nanoTime + timeoutNanos;
        }
    }

    /**
     * Tells the one that the response is for.
     *
     * @return false for a response to nothing, which is ignored
     */
    boolean answer(MsrpResponse response) {
        Pending pending = byId.remove(response.transactionId());
        ResponseHandler handler = pending == null ? errorsOnly.remove(response.transactionId()) : pending.handler;
        if (handler == null) {
            return false;
        }
        handler.onResponse(response);
        return true;
    }

    /** Tells those whose time is over. */
    void expire(long nanoTime) {
        List<Pending> expired = new ArrayList<>();
        Iterator<Pending> oldestFirst = byId.values().iterator();
        while (oldestFirst.hasNext()) {
            Pending pending = oldestFirst.next();
            if (!pending.written || pending.deadline - nanoTime > 0) {
                break;
            }
            oldestFirst.remove();
            expired.add(pending);
        }
        for (Pending pending : expired) {
            pending.handler.onTimeout();
        }
    }

    /** The connection ended: tells all. */
    void end(ConnectionEnd end) {
        List<Pending> all = new ArrayList<>(byId.values());
        byId.clear();
        unwritten.clear();
        errorsOnly.clear();
        for (Pending pending : all) {
            pending.handler.onConnectionEnd(end);
        }
    }
}
