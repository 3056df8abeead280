package org.isthmus.component.sip.receive;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.framing.Reply;
import org.isthmus.component.sip.wire.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * Every non-INVITE request outside dialogs, known for 64*T1 after its answer: the server transaction of RFC 3261 §17.2.2,
 * kept by the gateway itself instead of by JAIN-SIP, because
 *
 * <ul>
 *   <li>Timer J is 0 on TCP, so JAIN-SIP forgets at once, and a copy that comes by TCP after one by UDP would be a second
 *       message (here the transport plays no part);
 *   <li>JAIN-SIP matches by branch and sent-by alone and swallows a new message of a peer that uses one branch twice (here
 *       Call-ID and CSeq belong to the identity);
 *   <li>a 100 may leave over UDP only when Timer E has reached T2 (RFC 4320 §4.2), which JAIN-SIP does not know;
 *   <li>a known request costs some 200 octets instead of several KB and one timer for all instead of one each.
 * </ul>
 *
 * <p>The identity is a 128-bit digest; requests are kept in two queues by age, so that forgetting is a look at the head.
 * Any thread; one lock, held for map operations only. Answers are sent outside it.
 */
final class ReceivedRequests {

    /** What a request turned out to be. */
    enum Kind {
        /** Not seen before: it has an entry now and waits for its answer. */
        NEW,
        /** A retransmission; what there was to say was said. */
        RETRANSMISSION,
        /** The same request over another path (RFC 3261 §8.2.2.2): to be answered 482 and not delivered. */
        MERGED,
        /** Not taken in: too many requests wait for an answer. */
        OVERLOAD
    }

    /** A digest of what identifies a request. */
    private record Identity(long high, long low) {}

    /** A request between its arrival and being forgotten. Fields are guarded by the table's lock. */
    static final class Entry {
        private final Identity transaction;
        private final @Nullable Identity merge;
        private final String toTag;
        private final long arrivedAt;
        private @Nullable Arrival arrival; // the newest path; dropped with the answer
        private @Nullable Reply reply;
        private long forgetAt;

        private Entry(Identity transaction, @Nullable Identity merge, String toTag, Arrival arrival, long arrivedAt) {
            this.transaction = transaction;
            this.merge = merge;
            this.toTag = toTag;
            this.arrival = arrival;
            this.arrivedAt = arrivedAt;
        }

        /** The To tag of every answer to this request. */
        String toTag() {
            return toTag;
        }
    }

    /** What {@link #meet} says. */
    record Met(Kind kind, Optional<Entry> entry) {}

    private final SipLimits limits;
    private final SipTimers timers;
    private final Map<Identity, Entry> byTransaction = new HashMap<>();
    private final Map<Identity, Entry> byMerge = new HashMap<>();
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>(); // in order of arrival; answered ones linger
    private final ArrayDeque<Entry> answered = new ArrayDeque<>(); // in order of answer
    private int unanswered;

    ReceivedRequests(SipLimits limits, SipTimers timers) {
        this.limits = limits;
        this.timers = timers;
    }

    /**
     * Says what the request is; a retransmission has been dealt with when this returns: answered as before, told 100, or
     * left in silence because its answer is still to come.
     *
     * @param toTag the tag its answers will carry
     */
    Met meet(Arrival arrival, String toTag) {
        Identity transaction = transactionOf(arrival.request());
        Identity merge = mergeOf(arrival.request());
        Reply again = null;
        synchronized (byTransaction) {
            long now = timers.nanos();
            forget(now);
            Entry known = byTransaction.get(transaction);
            if (known == null) {
                if (merge != null && byMerge.containsKey(merge)) {
                    return new Met(Kind.MERGED, Optional.empty());
                }
                if (unanswered >= limits.unanswered()) {
                    return new Met(Kind.OVERLOAD, Optional.empty());
                }
                Entry entry = new Entry(transaction, merge, toTag, arrival, now);
                byTransaction.put(transaction, entry);
                if (merge != null) {
                    byMerge.put(merge, entry);
                }
                waiting.add(entry);
                unanswered++;
                return new Met(Kind.NEW, Optional.of(entry));
            }
            if (known.reply != null) {
                again = known.reply;
            } else {
                known.arrival = arrival;
                if (now - known.arrivedAt >= TRYING_AFTER_NANOS) {
                    again = Reply.of(100, "Trying", "");
                }
            }
        }
        if (again != null) {
            arrival.answer(again);
        }
        return new Met(Kind.RETRANSMISSION, Optional.empty());
    }

    /** Timer E reaches T2 after 0.5 + 1 + 2 s: from then on a retransmission is told 100 (RFC 4320 §4.2). */
    private static final long TRYING_AFTER_NANOS = 3_500_000_000L;

    /**
     * Answers a request once.
     *
     * @return false when it was answered before; nothing was sent then
     */
    boolean answer(Entry entry, Reply reply) {
        Arrival to;
        synchronized (byTransaction) {
            if (entry.reply != null) {
                return false;
            }
            to = entry.arrival;
            entry.reply = reply;
            entry.arrival = null;
            entry.forgetAt = timers.nanos() + limits.remember().toNanos();
            answered.add(entry);
            unanswered--;
        }
        if (to != null) {
            to.answer(reply);
        }
        return true;
    }

    /** Hands over each request that has waited for its answer longer than the limit; call about once a second. */
    void sweep(Consumer<Entry> overdue) {
        ArrayDeque<Entry> late = new ArrayDeque<>();
        synchronized (byTransaction) {
            long now = timers.nanos();
            forget(now);
            while (!waiting.isEmpty()
                    && (waiting.peek().reply != null
                            || now - waiting.peek().arrivedAt >= limits.answer().toNanos())) {
                Entry entry = waiting.remove();
                if (entry.reply == null) {
                    late.add(entry);
                }
            }
        }
        late.forEach(overdue);
    }

    /** Requests known at the moment. */
    int size() {
        synchronized (byTransaction) {
            return byTransaction.size();
        }
    }

    private void forget(long now) {
        while (!answered.isEmpty() && (answered.peek().forgetAt - now <= 0 || answered.size() > limits.remembered())) {
            Entry entry = answered.remove();
            byTransaction.remove(entry.transaction, entry);
            if (entry.merge != null) {
                byMerge.remove(entry.merge, entry);
            }
        }
        while (!waiting.isEmpty() && waiting.peek().reply != null) {
            waiting.remove();
        }
    }

    /**
     * Branch and sent-by (RFC 3261 §17.2.3) with From tag, Call-ID and CSeq; a branch without the magic cookie is no
     * identity, but the rest is (RFC 2543 peers). The transport of the Via plays no part.
     */
    private static Identity transactionOf(SIPRequest request) {
        Via via = request.getTopmostVia();
        return digest(
                Objects.toString(via.getBranch(), ""),
                via.getSentBy().toString().toLowerCase(Locale.ROOT),
                Objects.toString(request.getFromTag(), ""),
                request.getCallId().getCallId(),
                cseq(request));
    }

    /** From tag, Call-ID and CSeq of a request without To tag (RFC 3261 §8.2.2.2); null when it cannot be merged. */
    private static @Nullable Identity mergeOf(SIPRequest request) {
        return request.getFromTag() == null || request.getToTag() != null
                ? null
                : digest(request.getFromTag(), request.getCallId().getCallId(), cseq(request));
    }

    private static String cseq(SIPRequest request) {
        return request.getCSeq().getSeqNumber() + " " + request.getCSeq().getMethod();
    }

    private static Identity digest(String... parts) {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException required) {
            throw new AssertionError("every Java platform has SHA-256", required);
        }
        for (String part : parts) {
            sha.update(part.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
        }
        byte[] sum = sha.digest();
        return new Identity(longAt(sum, 0), longAt(sum, 8));
    }

    private static long longAt(byte[] octets, int at) {
        long value = 0;
        for (int i = at; i < at + 8; i++) {
            value = value << 8 | (octets[i] & 0xff);
        }
        return value;
    }
}
