package org.isthmus.bytestream.ibb;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.ByteStreamSource;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.OwnerThread;
import org.isthmus.bytestream.StreamEnd;
import org.isthmus.bytestream.StreamFailure;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.ibb.IbbElement.Data;
import org.isthmus.bytestream.ibb.IbbElement.Open;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqExchange;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.iq.Reply;
import org.isthmus.translation.error.StanzaCondition;
import org.jspecify.annotations.Nullable;

/**
 * One in-band bytestream.
 *
 * <pre>
 *   EXPECTED --open in------------------+
 *                                       v
 *   OPENING  --result of our open--> OPEN --our data all arrived / reader confirmed--> CLOSING --answer--> CLOSED
 *      |                               |   --close in: rest delivered and confirmed-----------------------> CLOSED
 *      +--refused: smaller or----------+---any failure: close out, not waited for-------------------------> CLOSED
 *         CLOSED
 * </pre>
 *
 * <p>Invariants: the registry knows it until CLOSED and no longer; how opening went is told once; how an open stream ended
 * is told once; a close of the peer is answered exactly once. Every answer to our own {@code <close/>} closes, since a peer
 * that does not know the stream has closed it too; only an error that says something else makes a failure of it.
 *
 * <p>Confined to the owner's thread, unless a method says otherwise.
 */
public final class IbbSession {

    enum State {
        EXPECTED,
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private final StreamKey key;
    private final IbbTransfer transfer;
    private final OwnerThread owner;
    private final IqExchange iqs;
    private final IbbLimits limits;
    private final Consumer<IbbSession> forget;
    private final AtomicInteger inbox = new AtomicInteger();
    private final IbbSource source;
    private final IbbSink sink;
    private @Nullable Consumer<Opened<IbbSession>> opened;
    private OwnerThread.@Nullable Timer expectation;
    private @Nullable Reply closing;
    private State state = State.EXPECTED;
    private boolean sourceDone;
    private boolean sinkDone;
    private boolean closedByPeer;

    IbbSession(
            StreamKey key,
            IbbTransfer transfer,
            OwnerThread owner,
            IqExchange iqs,
            IbbLimits limits,
            Consumer<Opened<IbbSession>> opened,
            Consumer<IbbSession> forget) {
        this.key = key;
        this.transfer = transfer;
        this.owner = owner;
        this.iqs = iqs;
        this.limits = limits;
        this.opened = opened;
        this.forget = forget;
        this.source = new IbbSource(owner, limits, this, transfer.octets());
        this.sink = new IbbSink(owner, limits, this, transfer.octets());
        this.sourceDone = !transfer.direction().receives();
        this.sinkDone = !transfer.direction().sends();
    }

    /** The stream's name. From any thread. */
    public StreamKey key() {
        return key;
    }

    /**
     * What the peer sends. From any thread.
     *
     * @throws IllegalStateException when this stream only sends
     */
    public ByteStreamSource source() {
        if (!transfer.direction().receives()) {
            throw new IllegalStateException("this stream only sends");
        }
        return source;
    }

    /**
     * Sends to the peer. From any thread.
     *
     * @throws IllegalStateException when this stream only receives
     */
    public ByteStreamSink sink() {
        if (!transfer.direction().sends()) {
            throw new IllegalStateException("this stream only receives");
        }
        return sink;
    }

    /** Ends it now, in whatever state, and closes it towards the peer. From any thread. */
    public void abort(StreamFailure why) {
        Objects.requireNonNull(why, "why");
        owner.execute(() -> fail(why));
    }

    OwnerThread owner() {
        return owner;
    }

    /** Octets of text on their way to the owner. From any thread. */
    AtomicInteger inbox() {
        return inbox;
    }

    /** Octets of content held in both halves, in memory. On the owner's thread. */
    public long held() {
        return source.buffered() + sink.held();
    }

    void expect(Duration wait) {
        assert owner.inThread();
        expectation = owner.after(
                wait, () -> fail(new StreamFailure(Reason.NOT_OPENED, "the peer opened no in-band stream"), false));
    }

    void open(int blockSize) {
        assert owner.inThread();
        if (state == State.CLOSED) {
            return;
        }
        state = State.OPENING;
        send(IbbXml.open(key.sid(), blockSize), limits.openLimit(), answer -> openAnswered(blockSize, answer));
    }

    private void openAnswered(int blockSize, IqAnswer answer) {
        if (state != State.OPENING) {
            return;
        }
        if (answer instanceof IqAnswer.Result) {
            start(blockSize);
        } else if (wantsSmaller(answer) && blockSize / 2 >= limits.minBlockSize()) {
            open(blockSize / 2);
        } else {
            // An open that may have arrived has to be taken back, one that was refused has not.
            fail(IbbSink.failureOf(answer), answer instanceof IqAnswer.Unanswered);
        }
    }

    private static boolean wantsSmaller(IqAnswer answer) {
        return answer instanceof IqAnswer.Refused refused
                && refused.error().condition() == StanzaCondition.RESOURCE_CONSTRAINT
                && refused.error().type() == StanzaCondition.Type.MODIFY;
    }

    void onOpen(Open open, Reply reply) {
        assert owner.inThread();
        if (state != State.EXPECTED) {
            reply.error(IbbErrors.NOT_ACCEPTABLE);
        } else if (open.blockSize() > limits.maxBlockSize()) {
            reply.error(IbbErrors.SMALLER_BLOCKS);
        } else {
            reply.result();
            start(open.blockSize());
        }
    }

    private void start(int blockSize) {
        state = State.OPEN;
        if (expectation != null) {
            expectation.cancel();
        }
        tellOpened(new Opened.Stream<>(this));
        if (state == State.OPEN && transfer.direction().receives()) {
            source.start(blockSize);
        }
        if (state == State.OPEN && transfer.direction().sends()) {
            sink.start(blockSize);
        }
    }

    void onData(Data data, boolean canWithhold, Reply reply) {
        assert owner.inThread();
        if (state != State.OPEN && state != State.CLOSING) {
            reply.error(IbbErrors.UNKNOWN_STREAM);
        } else if (!transfer.direction().receives()) {
            reply.result(); // nobody reads this direction; refusing would cost the other one
        } else {
            source.accept(data, canWithhold, reply);
        }
    }

    void onClose(Reply reply) {
        assert owner.inThread();
        switch (state) {
            case EXPECTED, CLOSED -> reply.error(IbbErrors.UNKNOWN_STREAM);
            case OPENING -> {
                reply.result();
                fail(new StreamFailure(Reason.PEER_CLOSED, "closed before it was open"), false);
            }
            case CLOSING -> {
                reply.result();
                ourCloseAnswered();
            }
            case OPEN -> closedByPeer(reply);
        }
    }

    private void closedByPeer(Reply reply) {
        if (closing != null) {
            reply.error(IbbErrors.UNKNOWN_STREAM);
            return;
        }
        switch (transfer.direction()) {
            case SEND -> {
                reply.result();
                closedByPeer = true;
                if (sink.everythingSent()) {
                    sink.nothingMoreToCome(); // answers to the last blocks may be on their way, and decide
                } else {
                    fail(new StreamFailure(Reason.PEER_CLOSED, "after " + sink.acknowledged() + " octets"), false);
                }
            }
            case RECEIVE -> {
                closing = reply;
                source.peerEnded();
            }
            case BOTH -> {
                closing = reply;
                sink.finishPending();
                source.peerEnded();
            }
        }
    }

    /** Everything given to the sink has arrived. */
    void sinkDone() {
        sinkDone = true;
        halfDone();
    }

    /** Everything received was taken and is right. */
    void sourceDone() {
        sourceDone = true;
        halfDone();
    }

    private void halfDone() {
        if (state == State.CLOSING) {
            ourCloseAnswered();
        } else if (closedByPeer) {
            end(Optional.empty());
        } else if (closing != null) {
            if (sourceDone && sinkDone) {
                end(Optional.empty());
            }
        } else if (state == State.OPEN) {
            state = State.CLOSING;
            send(IbbXml.close(key.sid()), limits.closeLimit(), this::closeAnswered);
        }
    }

    private void closeAnswered(IqAnswer answer) {
        if (state != State.CLOSING) {
            return;
        }
        boolean otherError = answer instanceof IqAnswer.Refused refused
                && refused.error().condition() != StanzaCondition.ITEM_NOT_FOUND;
        if (otherError) {
            fail(IbbSink.failureOf(answer), false);
        } else {
            // COMPAT(Smack 4.4): item-not-found, because the receiver closed first. No answer: every block was
            // answered.
            ourCloseAnswered();
        }
    }

    /** Both sides know that it is closed; what came meanwhile in the other direction still has to be read. */
    private void ourCloseAnswered() {
        if (sourceDone) {
            end(Optional.empty());
        } else {
            source.peerEnded();
        }
    }

    void sendData(int seq, String base64, Consumer<IqAnswer> answer) {
        send(IbbXml.data(key.sid(), seq, base64), limits.answerLimit(), answer);
    }

    private void send(Element payload, Duration answerLimit, Consumer<IqAnswer> answer) {
        IqRequest request = IqRequest.set(key.local(), key.peer(), payload, answerLimit);
        iqs.request(request, answered -> owner.execute(() -> answer.accept(answered)));
    }

    void fail(StreamFailure why) {
        fail(why, true);
    }

    void fail(StreamFailure why, boolean peerHasIt) {
        assert owner.inThread();
        boolean closeOut = peerHasIt
                && closing == null
                && !closedByPeer
                && why.reason() != Reason.PEER_GONE
                && (state == State.OPEN || state == State.OPENING);
        if (state == State.CLOSED) {
            return;
        }
        end(Optional.of(why));
        if (closeOut) {
            send(IbbXml.close(key.sid()), limits.closeLimit(), answer -> {});
        }
    }

    private void end(Optional<StreamFailure> failure) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        if (expectation != null) {
            expectation.cancel();
        }
        forget.accept(this);
        answerClose(failure);
        source.ended(failure);
        sink.ended(failure);
        if (opened != null) {
            tellOpened(new Opened.Failed<>(
                    failure.orElseGet(() -> new StreamFailure(Reason.NOT_OPENED, "closed before it was open"))));
        } else {
            transfer.onEnd().accept(new StreamEnd(source.received() + sink.acknowledged(), failure));
        }
    }

    private void answerClose(Optional<StreamFailure> failure) {
        Reply reply = closing;
        if (reply == null) {
            return;
        }
        closing = null;
        Optional<IqError> error = failure.flatMap(IbbSession::closeErrorOf);
        if (error.isPresent()) {
            reply.error(error.get());
        } else {
            reply.result();
        }
    }

    /** A peer that sent too little knows that it failed; one that sent everything has to be told. */
    private static Optional<IqError> closeErrorOf(StreamFailure failure) {
        return switch (failure.reason()) {
            case TRUNCATED -> Optional.empty();
            case UNCONFIRMED, STALLED -> Optional.of(IbbErrors.NOT_CONFIRMED.withText(failure.detail()));
            default -> Optional.of(IbbErrors.NOT_TAKEN.withText(failure.detail()));
        };
    }

    private void tellOpened(Opened<IbbSession> outcome) {
        Consumer<Opened<IbbSession>> listener = opened;
        opened = null;
        if (listener != null) {
            listener.accept(outcome);
        }
    }
}
