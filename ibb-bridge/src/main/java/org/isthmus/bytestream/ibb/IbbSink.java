package org.isthmus.bytestream.ibb;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.isthmus.bytestream.ByteStreamException;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of an in-band stream.
 *
 * <p><b>Blocks.</b> A block is filled with three octets for each four of the agreed size, so that it fits both when the size
 * counts octets before base64 (XEP-0047 since 2.0) and after it (1.2 and 1.3). A smaller one leaves only at the end, or when
 * nothing is on its way and the source has no more at the moment.
 *
 * <p><b>Window.</b> At most {@code window} blocks are unanswered. It starts at one, as the standard recommends, and opens by
 * one with each result up to the limit: a peer that answers can be trusted with more.
 *
 * <p><b>Bounces.</b> A server may return a block because the peer is away for a moment or the link to it is down (§2.2). Then
 * nothing new is sent until all blocks on their way are answered; if none that is later than a bounced one has arrived,
 * the bounced ones are sent again in order after a pause, a limited number of times. Every other error ends the stream.
 *
 * <p>Memory: the window, and what one demand of one block brings. Confined to the owner's thread; signals from the source
 * are posted to it, one at a time by {@link Flow}'s rule.
 */
final class IbbSink implements ByteStreamSink {

    private static final int SEQ_MASK = 0xFFFF;

    private enum Fate {
        UNKNOWN,
        ARRIVED,
        BOUNCED
    }

    private static final class Block {
        private final int seq;
        private final byte[] octets;
        private Fate fate = Fate.UNKNOWN;

        private Block(int seq, byte[] octets) {
            this.seq = seq;
            this.octets = octets;
        }
    }

    private final OwnerThread owner;
    private final IbbLimits limits;
    private final IbbSession session;
    private final OptionalLong agreed;
    private final ArrayDeque<ByteBuffer> pending = new ArrayDeque<>();
    private final ArrayDeque<Block> inFlight = new ArrayDeque<>();
    private Flow.@Nullable Subscription upstream;
    private long pendingOctets;
    private long acknowledged;
    private int payload;
    private int window = 1;
    private int nextSeq;
    private int bounces;
    private boolean asked;
    private boolean upstreamDone;
    private boolean suspended;
    private boolean doneTold;
    private boolean over;

    IbbSink(OwnerThread owner, IbbLimits limits, IbbSession session, OptionalLong agreed) {
        this.owner = owner;
        this.limits = limits;
        this.session = session;
        this.agreed = agreed;
    }

    /** How much of a block of that size is used. */
    static int payloadOf(int blockSize) {
        return blockSize < 4 ? blockSize : blockSize / 4 * 3;
    }

    /** The stream is open. */
    void start(int agreedBlockSize) {
        assert owner.inThread();
        payload = payloadOf(agreedBlockSize);
        pump();
    }

    long acknowledged() {
        return acknowledged;
    }

    /** Octets held here. */
    long held() {
        long held = pendingOctets;
        for (Block block : inFlight) {
            held += block.octets.length;
        }
        return held;
    }

    /** Whether nothing is left to send; answers may be outstanding. */
    boolean everythingSent() {
        long sent = acknowledged;
        for (Block block : inFlight) {
            sent += block.octets.length;
        }
        return pendingOctets == 0 && (upstreamDone || (agreed.isPresent() && sent == agreed.getAsLong()));
    }

    /** Takes nothing more from its source and sends what it has (§2.3, closing a stream in both directions). */
    void finishPending() {
        assert owner.inThread();
        upstreamDone = true;
        cancelUpstream();
        pump();
    }

    /** The peer has closed and everything agreed has been sent: what the source still says does not matter. */
    void nothingMoreToCome() {
        assert owner.inThread();
        upstreamDone = true;
        pump();
    }

    /** The session is over. */
    void ended(Optional<StreamFailure> why) {
        assert owner.inThread();
        if (!over) {
            over = true;
            pending.clear();
            pendingOctets = 0;
            inFlight.clear();
            if (!upstreamDone) {
                cancelUpstream();
            }
        }
    }

    private void pump() {
        if (over || payload == 0) {
            return;
        }
        while (!suspended && inFlight.size() < window && pendingOctets > 0) {
            boolean full = pendingOctets >= payload;
            if (!full && !upstreamDone && !inFlight.isEmpty()) {
                break;
            }
            Block block = new Block(nextSeq, take((int) Math.min(payload, pendingOctets)));
            nextSeq = (nextSeq + 1) & SEQ_MASK;
            inFlight.add(block);
            send(block);
        }
        if (upstream != null && !upstreamDone && !asked && pendingOctets < (long) window * payload) {
            asked = true;
            upstream.request(1);
        }
        if (upstreamDone && pendingOctets == 0 && inFlight.isEmpty() && !doneTold) {
            doneTold = true;
            session.sinkDone();
        }
    }

    private byte[] take(int length) {
        byte[] octets = new byte[length];
        int filled = 0;
        while (filled < length) {
            ByteBuffer first = pending.element();
            int part = Math.min(first.remaining(), length - filled);
            first.get(octets, filled, part);
            filled += part;
            if (!first.hasRemaining()) {
                pending.remove();
            }
        }
        pendingOctets -= length;
        return octets;
    }

    private void send(Block block) {
        block.fate = Fate.UNKNOWN;
        session.sendData(block.seq, IbbBase64.encode(block.octets), answer -> answered(block, answer));
    }

    private void answered(Block block, IqAnswer answer) {
        assert owner.inThread();
        if (over) {
            return;
        }
        if (answer instanceof IqAnswer.Result) {
            block.fate = Fate.ARRIVED;
            bounces = 0;
            window = Math.min(limits.window(), window + 1);
        } else if (mayPass(answer)) {
            block.fate = Fate.BOUNCED;
            suspended = true;
        } else {
            session.fail(failureOf(answer), !isUnknownStream(answer));
            return;
        }
        while (!inFlight.isEmpty() && inFlight.element().fate == Fate.ARRIVED) {
            acknowledged += inFlight.remove().octets.length;
        }
        if (suspended) {
            sendAgainWhenAllAreAnswered(answer);
        } else {
            pump();
        }
    }

    private void sendAgainWhenAllAreAnswered(IqAnswer last) {
        for (Block block : inFlight) {
            if (block.fate == Fate.UNKNOWN) {
                return;
            }
        }
        boolean holes = inFlight.stream().anyMatch(block -> block.fate == Fate.ARRIVED);
        if (holes || bounces >= limits.retries()) {
            session.fail(failureOf(last));
            return;
        }
        bounces++;
        owner.after(limits.retryDelay(), () -> {
            if (!over) {
                suspended = false;
                inFlight.forEach(this::send);
                pump();
            }
        });
    }

    /** §2.2: the recipient is offline, the link between the servers is down; or our own link did not take it. */
    private static boolean mayPass(IqAnswer answer) {
        if (answer instanceof IqAnswer.Refused refused) {
            IqError error = refused.error();
            return error.type() == StanzaCondition.Type.WAIT
                    && (error.condition() == StanzaCondition.RECIPIENT_UNAVAILABLE
                            || error.condition() == StanzaCondition.REMOTE_SERVER_TIMEOUT);
        }
        return answer instanceof IqAnswer.Unsent;
    }

    private static boolean isUnknownStream(IqAnswer answer) {
        return answer instanceof IqAnswer.Refused refused
                && refused.error().condition() == StanzaCondition.ITEM_NOT_FOUND;
    }

    static StreamFailure failureOf(IqAnswer answer) {
        if (answer instanceof IqAnswer.Refused refused) {
            Reason reason = refused.error().condition() == StanzaCondition.RECIPIENT_UNAVAILABLE
                    ? Reason.PEER_GONE
                    : Reason.REFUSED;
            return new StreamFailure(reason, refused.error().summary());
        }
        if (answer instanceof IqAnswer.Unanswered unanswered) {
            return new StreamFailure(Reason.UNANSWERED, unanswered.why());
        }
        String why = answer instanceof IqAnswer.Unsent unsent ? unsent.why() : "";
        return new StreamFailure(Reason.LINK_LOST, why);
    }

    private void cancelUpstream() {
        if (upstream != null) {
            upstream.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription, "subscription");
        owner.execute(() -> {
            if (upstream != null || over || upstreamDone) {
                subscription.cancel();
            } else {
                upstream = subscription;
                pump();
            }
        });
    }

    @Override
    public void onNext(ByteBuffer block) {
        Objects.requireNonNull(block, "block");
        owner.execute(() -> {
            asked = false;
            if (!over && !upstreamDone) {
                if (block.hasRemaining()) {
                    pending.add(block);
                    pendingOctets += block.remaining();
                }
                pump();
            }
        });
    }

    @Override
    public void onError(Throwable error) {
        Objects.requireNonNull(error, "error");
        StreamFailure why = ByteStreamException.failureOf(error);
        owner.execute(() -> {
            upstreamDone = true;
            session.fail(why);
        });
    }

    @Override
    public void onComplete() {
        owner.execute(() -> {
            upstreamDone = true;
            pump();
        });
    }

    @Override
    public void abort(StreamFailure why) {
        session.abort(why);
    }
}
