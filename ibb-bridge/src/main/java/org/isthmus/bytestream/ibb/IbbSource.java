package org.isthmus.bytestream.ibb;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.isthmus.bytestream.ByteStreamException;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.Watchdog;
import org.isthmus.bytestream.ibb.IbbElement.Data;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.bytestream.iq.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of an in-band stream: blocks of the peer into a bounded buffer, out of it as the reader demands.
 *
 * <p><b>Flow control.</b> The result of an IQ is the only brake that the standard has (XEP-0047 §2.2). A block that leaves
 * the buffer within {@code bufferOctets} is answered at once; otherwise its result is withheld until the reader has made
 * room, and for {@code ackLimit} at most, because the peer would give up. Then it is answered although there is no room,
 * which lets a stop-and-wait peer add one block in that time; at twice {@code bufferOctets} the stream is closed. A message
 * has no result to withhold: one that does not fit closes the stream.
 *
 * <p><b>Order.</b> {@code nextSeq} counts modulo 65536. A number that is not the next one is never processed, nor is anything
 * after it.
 *
 * <p><b>End.</b> {@code <close/>} with the agreed number of octets lets the reader have the rest and {@code onComplete}; the
 * result of the close is held back until the reader confirms. Everything else is a failure, which drops what is buffered.
 *
 * <p>Confined to the owner's thread; only {@link #subscribe}, {@link #confirm}, {@link #abort} and the subscription are
 * called from elsewhere, and they post.
 */
final class IbbSource implements ByteStreamSource {

    private static final int SEQ_MASK = 0xFFFF;

    private static final class Withheld {
        private final Reply reply;
        private OwnerThread.@Nullable Timer timer;

        private Withheld(Reply reply) {
            this.reply = reply;
        }
    }

    private final OwnerThread owner;
    private final IbbLimits limits;
    private final IbbSession session;
    private final OptionalLong agreed;
    private final ArrayDeque<ByteBuffer> buffer = new ArrayDeque<>();
    private final ArrayDeque<Withheld> withheld = new ArrayDeque<>();
    private final Watchdog quiet;
    private OwnerThread.@Nullable Timer endTimer;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private @Nullable StreamFailure failure;
    private long demand;
    private long buffered;
    private long received;
    private int nextSeq;
    private int blockSize;
    private boolean draining;
    private boolean peerEnded;
    private boolean signalledEnd;
    private boolean over;

    IbbSource(OwnerThread owner, IbbLimits limits, IbbSession session, OptionalLong agreed) {
        this.owner = owner;
        this.limits = limits;
        this.session = session;
        this.agreed = agreed;
        this.quiet = new Watchdog(owner, limits.quietLimit(), this::nothingMoved);
    }

    /** The stream is open. */
    void start(int agreedBlockSize) {
        assert owner.inThread();
        blockSize = agreedBlockSize;
        quiet.start();
    }

    long received() {
        return received;
    }

    long buffered() {
        return buffered;
    }

    /** A block has come. */
    void accept(Data data, boolean canWithhold, Reply reply) {
        assert owner.inThread();
        if (over || peerEnded) {
            reply.error(IbbErrors.UNKNOWN_STREAM);
            return;
        }
        if (data.seq().isEmpty()) {
            refuse(reply, IbbErrors.BAD_DATA, Reason.MALFORMED, "data without a sequence number");
            return;
        }
        if (data.seq().getAsInt() != nextSeq) {
            refuse(
                    reply,
                    IbbErrors.OUT_OF_SEQUENCE,
                    Reason.OUT_OF_SEQUENCE,
                    "block " + data.seq().getAsInt() + " instead of " + nextSeq);
            return;
        }
        byte[] octets;
        try {
            octets = IbbBase64.decode(data.base64());
        } catch (MalformedRequestException notBase64) {
            refuse(reply, notBase64.answer(), Reason.MALFORMED, String.valueOf(notBase64.getMessage()));
            return;
        }
        if (octets.length > blockSize) {
            refuse(reply, IbbErrors.BAD_DATA, Reason.MALFORMED, "a block larger than agreed");
            return;
        }
        if (agreed.isPresent() && received + octets.length > agreed.getAsLong()) {
            refuse(reply, IbbErrors.BAD_DATA, Reason.OVERRUN, "more than " + agreed.getAsLong() + " octets");
            return;
        }
        long most = canWithhold ? limits.hardBufferOctets() : limits.bufferOctets();
        if (buffered + octets.length > most) {
            refuse(reply, IbbErrors.TOO_MUCH, Reason.OVERFLOW, "the reader is slower than the sender");
            return;
        }
        nextSeq = (nextSeq + 1) & SEQ_MASK;
        received += octets.length;
        if (octets.length > 0) {
            buffer.add(ByteBuffer.wrap(octets));
            buffered += octets.length;
        }
        quiet.touch();
        drain();
        answer(reply, canWithhold);
        if (agreed.isPresent() && received == agreed.getAsLong() && endTimer == null && !over) {
            endTimer = owner.after(limits.closeGrace(), this::peerEnded); // COMPAT(unknown, any): never closes
        }
    }

    private void refuse(Reply reply, IqError answer, Reason reason, String detail) {
        reply.error(answer.withText(detail));
        session.fail(new StreamFailure(reason, detail));
    }

    private void answer(Reply reply, boolean canWithhold) {
        if (over || !canWithhold || (withheld.isEmpty() && buffered <= limits.bufferOctets())) {
            reply.result();
            return;
        }
        Withheld block = new Withheld(reply);
        withheld.add(block);
        block.timer = owner.after(limits.ackLimit(), () -> {
            if (withheld.remove(block)) {
                block.reply.result();
            }
        });
    }

    /** As many results as there is room for blocks, at least one when the buffer is not over its bound. */
    private void releaseResults() {
        long room = limits.bufferOctets() - buffered;
        while (room >= 0 && !withheld.isEmpty()) {
            release(withheld.remove()).result();
            room -= blockSize;
        }
    }

    private static Reply release(Withheld block) {
        if (block.timer != null) {
            block.timer.cancel();
        }
        return block.reply;
    }

    /** The peer has closed, or has sent everything and forgotten to. */
    void peerEnded() {
        assert owner.inThread();
        if (over || peerEnded) {
            return;
        }
        if (agreed.isPresent() && received < agreed.getAsLong()) {
            session.fail(new StreamFailure(Reason.TRUNCATED, received + " of " + agreed.getAsLong() + " octets"));
            return;
        }
        cancelEndTimer();
        peerEnded = true;
        drain();
    }

    /** The session is over. */
    void ended(Optional<StreamFailure> why) {
        assert owner.inThread();
        if (over) {
            return;
        }
        over = true;
        quiet.stop();
        cancelEndTimer();
        buffer.clear();
        buffered = 0;
        while (!withheld.isEmpty()) {
            Reply reply = release(withheld.remove());
            if (why.isPresent()) {
                reply.error(IbbErrors.UNKNOWN_STREAM);
            } else {
                reply.result();
            }
        }
        failure = why.orElse(null);
        signalFailure();
    }

    private void drain() {
        if (draining) {
            return;
        }
        draining = true;
        while (demand > 0 && !buffer.isEmpty() && subscriber != null && !over) {
            ByteBuffer block = buffer.remove();
            buffered -= block.remaining();
            demand--;
            quiet.touch();
            Flow.Subscriber<? super ByteBuffer> reader = subscriber;
            guarded(() -> reader.onNext(block));
        }
        draining = false;
        releaseResults();
        if (peerEnded && buffer.isEmpty() && subscriber != null && !signalledEnd && !over) {
            signalledEnd = true;
            quiet.stop();
            endTimer = owner.after(
                    limits.closeLimit(),
                    () -> session.fail(new StreamFailure(Reason.UNCONFIRMED, "nobody said that the whole is right")));
            guarded(subscriber::onComplete);
        }
    }

    /** A reader that throws has broken its contract; the stream pays for it and not the thread. */
    private void guarded(Runnable signal) {
        try {
            signal.run();
        } catch (RuntimeException broken) {
            session.fail(ByteStreamException.failureOf(broken));
        }
    }

    private void signalFailure() {
        Flow.Subscriber<? super ByteBuffer> reader = subscriber;
        StreamFailure why = failure;
        if (reader != null && why != null && !signalledEnd) {
            signalledEnd = true;
            guarded(() -> reader.onError(new ByteStreamException(why)));
        }
    }

    private void nothingMoved() {
        boolean ours = !buffer.isEmpty() && demand == 0;
        session.fail(
                new StreamFailure(ours ? Reason.STALLED : Reason.IDLE, "nothing moved for " + limits.quietLimit()));
    }

    private void cancelEndTimer() {
        if (endTimer != null) {
            endTimer.cancel();
            endTimer = null;
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        Objects.requireNonNull(reader, "reader");
        owner.execute(() -> attach(reader));
    }

    private void attach(Flow.Subscriber<? super ByteBuffer> reader) {
        if (subscriber != null) {
            reader.onSubscribe(new Demand(false));
            reader.onError(new IllegalStateException("one subscriber only"));
            return;
        }
        subscriber = reader;
        guarded(() -> reader.onSubscribe(new Demand(true)));
        signalFailure();
        drain();
    }

    @Override
    public void confirm() {
        owner.execute(() -> {
            if (signalledEnd && !over) {
                cancelEndTimer();
                session.sourceDone();
            }
        });
    }

    @Override
    public void abort(StreamFailure why) {
        session.abort(why);
    }

    private final class Demand implements Flow.Subscription {
        private final boolean real;

        private Demand(boolean real) {
            this.real = real;
        }

        @Override
        public void request(long n) {
            if (real) {
                owner.execute(() -> add(n));
            }
        }

        @Override
        public void cancel() {
            if (real) {
                owner.execute(() -> {
                    if (!signalledEnd) {
                        signalledEnd = true; // a reader that cancelled hears nothing more
                        session.fail(new StreamFailure(Reason.CANCELLED, "the reader cancelled"));
                    }
                });
            }
        }

        private void add(long n) {
            if (over || signalledEnd) {
                return;
            }
            if (n <= 0) { // Reactive Streams §3.9
                Flow.Subscriber<? super ByteBuffer> reader = subscriber;
                signalledEnd = true;
                if (reader != null) {
                    guarded(() ->
                            reader.onError(new IllegalArgumentException("request: " + n + " (expected: 1 or more)")));
                }
                session.fail(new StreamFailure(Reason.CANCELLED, "the reader asked for " + n));
                return;
            }
            demand = demand > Long.MAX_VALUE - n ? Long.MAX_VALUE : demand + n;
            drain();
        }
    }
}
