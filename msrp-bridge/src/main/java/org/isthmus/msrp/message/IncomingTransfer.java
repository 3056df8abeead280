package org.isthmus.msrp.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpStatus;
import org.isthmus.msrp.frame.ReportStatus;
import org.isthmus.msrp.transaction.BodyReceiver;
import org.isthmus.msrp.transaction.IncomingSend;
import org.isthmus.msrp.transaction.MsrpConnection;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way in: chunks of any size and order become octets of one message (RFC 4975 §7.3.1).
 *
 * <pre>
 *   UNDECIDED ──accept──► TAKING ──the $ chunk and no gap──► COMPLETE ──succeed / fail──► REPORT
 *       └─────refuse──────────┴──────► REFUSED (further chunks get the same answer)
 *       └─────#, session ends, stall──► FAILED
 * </pre>
 *
 * <p>A chunk is answered with 200 when its octets are in our hands and the message has been decided, or when the sender
 * would soon give up waiting; never later because the taker is slow. Where octets lie is told by the start of a
 * Byte-Range and by counting; its end is not believed. Confined to the loop except for {@link IncomingMessage}.
 */
public final class IncomingTransfer implements IncomingMessage {

    private enum State {
        UNDECIDED,
        TAKING,
        REFUSED,
        COMPLETE,
        FAILED
    }

    /** Octets of an undecided message. */
    private record Held(long offset, ByteBuffer data) {}

    private final MsrpConnection connection;
    private final IncomingLimits limits;
    private final Executor owner;
    private final Runnable afterEnd;
    private final String messageId;
    private final MsrpHeaders headers;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final AtomicBoolean reported = new AtomicBoolean();

    private State state = State.UNDECIDED;
    private final List<Held> held = new ArrayList<>();
    private long heldOctets;
    private final List<IncomingSend> unanswered = new ArrayList<>();
    private MsrpTimers.@Nullable Timeout decisionTimer;

    private @Nullable BodyStore store;
    private @Nullable IncomingSend current;
    private MsrpRequest latest;
    private long total = ByteRange.UNKNOWN;
    private volatile long received;
    private long lastActivity;
    private int refusal;
    private @Nullable MessageFailure failure;

    /**
     * @param owner runs tasks on the loop of the connection
     * @param afterEnd called when the message is complete, refused or failed
     */
    public IncomingTransfer(
            MsrpConnection connection, MsrpRequest first, IncomingLimits limits, Executor owner, Runnable afterEnd) {
        this.connection = connection;
        this.limits = limits;
        this.owner = owner;
        this.afterEnd = afterEnd;
        this.messageId = first.headers().messageId().orElse("");
        this.headers = first.headers();
        this.latest = first;
        this.lastActivity = connection.timers().nanoTime();
    }

    // ---- for everybody ----------------------------------------------------------------------------------------------

    @Override
    public String messageId() {
        return messageId;
    }

    @Override
    public String contentType() {
        return headers.contentType().orElse("");
    }

    @Override
    public MsrpHeaders headers() {
        return headers;
    }

    @Override
    public OptionalLong size() {
        return headers.byteRange().map(ByteRange::announcedTotal).orElse(OptionalLong.empty());
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public void accept(Flow.Subscriber<? super ByteBuffer> body, int bufferOctets) {
        decideOnce();
        owner.execute(() -> {
            BlockOutflow out = new BlockOutflow(connection.loop(), body, bufferOctets, new BlockOutflow.Owner() {
                @Override
                public void onFull(boolean full) {
                    if (full) {
                        connection.holdReading(this);
                    } else {
                        connection.releaseReading(this);
                    }
                }

                @Override
                public void onCancel() {
                    refuseNow(MsrpStatus.STOP, MessageFailure.Kind.REFUSED, "cancelled");
                }
            });
            out.subscribe();
            take(new OrderedBody(out, limits.earlyOctets()));
        });
    }

    @Override
    public CompletionStage<byte[]> acceptWhole(int maxOctets) {
        decideOnce();
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        owner.execute(() -> take(new WholeBody(maxOctets, result)));
        return result;
    }

    private void decideOnce() {
        if (!decided.compareAndSet(false, true)) {
            throw new IllegalStateException("message already accepted");
        }
    }

    @Override
    public void refuse(int status) {
        owner.execute(() -> refuseNow(status, MessageFailure.Kind.REFUSED, "refused with " + status));
    }

    @Override
    public void succeed() {
        if (headers.wantsSuccessReport()) {
            owner.execute(() -> report(MsrpStatus.OK));
        }
    }

    @Override
    public void fail(int status) {
        if (headers.effectiveFailureReport().allowsReport()) {
            owner.execute(() -> report(status));
        }
    }

    /** Whole message only: a REPORT about a part would say less than the response to the chunk did. */
    private void report(int status) {
        if (state != State.COMPLETE || !reported.compareAndSet(false, true)) {
            return;
        }
        MsrpHeaders fields = MsrpHeaders.builder()
                .messageIdOf(headers)
                .byteRange(ByteRange.whole(total))
                .status(ReportStatus.of(status))
                .build();
        connection.send(new MsrpRequest(
                connection.freshTransactionId(),
                MsrpRequest.REPORT,
                latest.fromPath(),
                latest.toPath().subList(0, 1),
                fields,
                false));
    }

    // ---- chunks -----------------------------------------------------------------------------------------------------

    /** Takes the next chunk of the message. */
    public BodyReceiver chunk(IncomingSend send) {
        latest = send.head();
        lastActivity = connection.timers().nanoTime();
        long start = send.head().headers().byteRange().map(r -> r.start() - 1).orElse(0L);
        long announced = send.head()
                .headers()
                .byteRange()
                .map(ByteRange::announcedTotal)
                .orElse(OptionalLong.empty())
                .orElse(0);
        if (state == State.REFUSED || state == State.FAILED) {
            send.respond(state == State.REFUSED ? refusal : MsrpStatus.STOP);
        } else if (announced > limits.maxMessageOctets()) {
            current = send;
            refuseNow(MsrpStatus.STOP, MessageFailure.Kind.TOO_LARGE, "larger than " + limits.maxMessageOctets());
        } else {
            current = send;
        }
        return new Chunk(send, start);
    }

    private final class Chunk implements BodyReceiver {

        private final IncomingSend send;
        private long position;

        Chunk(IncomingSend send, long start) {
            this.send = send;
            this.position = start;
        }

        @Override
        public void piece(ByteBuffer data) {
            long offset = position;
            position += data.remaining();
            lastActivity = connection.timers().nanoTime();
            if (position < 0 || position > limits.maxMessageOctets()) {
                refuseNow(MsrpStatus.STOP, MessageFailure.Kind.TOO_LARGE, "larger than " + limits.maxMessageOctets());
            } else if (state == State.UNDECIDED) {
                hold(offset, data);
            } else if (state == State.TAKING) {
                store(offset, data);
            }
        }

        @Override
        public void end(Continuation flag) {
            current = null;
            if (state == State.REFUSED || state == State.FAILED || state == State.COMPLETE) {
                send.respond(MsrpStatus.OK);
                return;
            }
            if (flag == Continuation.ABORTED) {
                answer(MsrpStatus.OK);
                send.respond(MsrpStatus.OK);
                failNow(MessageFailure.Kind.ABORTED_BY_SENDER, "the sender gave it up");
                return;
            }
            if (flag == Continuation.COMPLETE) {
                total = position;
            }
            if (state == State.UNDECIDED) {
                unanswered.add(send);
                awaitDecision();
            } else {
                send.respond(MsrpStatus.OK);
                completeIfWhole();
            }
        }
    }

    private void hold(long offset, ByteBuffer data) {
        held.add(new Held(offset, data));
        heldOctets += data.remaining();
        if (heldOctets > limits.heldOctets()) {
            connection.holdReading(this);
        }
    }

    private void store(long offset, ByteBuffer data) {
        BodyStore to = store;
        if (to == null) {
            return;
        }
        if (!to.put(offset, data)) {
            refuseNow(MsrpStatus.STOP, MessageFailure.Kind.TOO_LARGE, "more than is held of a message");
        } else {
            received = to.received();
        }
    }

    private void awaitDecision() {
        if (decisionTimer == null) {
            decisionTimer = connection
                    .timers()
                    .schedule(connection.loop(), limits.decisionLimit(), () -> answer(MsrpStatus.OK));
        }
    }

    private void answer(int status) {
        decisionTimer = null;
        unanswered.forEach(send -> send.respond(status));
        unanswered.clear();
    }

    // ---- decisions --------------------------------------------------------------------------------------------------

    private void take(BodyStore chosen) {
        if (state == State.REFUSED || state == State.FAILED) {
            MessageFailure why = failure;
            chosen.fail(why != null ? why : new MessageFailure(MessageFailure.Kind.REFUSED, "refused"));
            return;
        }
        state = State.TAKING;
        store = chosen;
        stopWaiting();
        List<Held> before = new ArrayList<>(held);
        held.clear();
        heldOctets = 0;
        for (Held octets : before) {
            if (state == State.TAKING) {
                store(octets.offset, octets.data);
            }
        }
        if (state == State.TAKING) {
            answer(MsrpStatus.OK);
            completeIfWhole();
        }
    }

    private void stopWaiting() {
        if (decisionTimer != null) {
            decisionTimer.cancel();
            decisionTimer = null;
        }
        connection.releaseReading(this);
    }

    private void completeIfWhole() {
        BodyStore to = store;
        if (state == State.TAKING && to != null && total != ByteRange.UNKNOWN && to.isWhole(total)) {
            state = State.COMPLETE;
            received = total;
            afterEnd.run();
            to.complete(total);
        }
    }

    private void refuseNow(int status, MessageFailure.Kind kind, String words) {
        if (state == State.COMPLETE) {
            fail(status);
            return;
        }
        if (state == State.REFUSED || state == State.FAILED) {
            return;
        }
        state = State.REFUSED;
        refusal = status;
        answer(status);
        if (current != null) {
            // In the middle of the chunk: the sender need not send the rest of it (RFC 4975 §10.5).
            current.respond(status);
        }
        ended(new MessageFailure(kind, words));
    }

    private void failNow(MessageFailure.Kind kind, String words) {
        if (state != State.COMPLETE && state != State.REFUSED && state != State.FAILED) {
            state = State.FAILED;
            ended(new MessageFailure(kind, words));
        }
    }

    private void ended(MessageFailure why) {
        failure = why;
        stopWaiting();
        held.clear();
        heldOctets = 0;
        unanswered.clear();
        afterEnd.run();
        if (store != null) {
            store.fail(why);
        }
    }

    // ---- for the session --------------------------------------------------------------------------------------------

    /** The session is over. */
    public void lost(String words) {
        failNow(MessageFailure.Kind.SESSION_ENDED, words);
    }

    /** Gives the message up when nothing has come of it, or nothing was taken of it, for too long. */
    public void limitStall(long now) {
        BodyStore to = store;
        long silence = now - lastActivity;
        if (to != null && to.isTakerSlow()) {
            if (silence >= limits.takerLimit().toNanos()) {
                refuseNow(MsrpStatus.STOP, MessageFailure.Kind.STALLED, "not taken for " + limits.takerLimit());
            }
        } else if (!connection.isReadingHeld() && silence >= limits.stallLimit().toNanos()) {
            refuseNow(MsrpStatus.STOP, MessageFailure.Kind.STALLED, "nothing came for " + limits.stallLimit());
        }
    }

    public boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** What a further chunk of the ended message is answered with: 200 for a duplicate of a complete one. */
    public int answerToMore() {
        return switch (state) {
            case COMPLETE -> MsrpStatus.OK;
            case REFUSED -> refusal;
            default -> MsrpStatus.STOP;
        };
    }
}
