package org.isthmus.msrp.message;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.isthmus.msrp.codec.ChunkTemplate;
import org.isthmus.msrp.codec.MsrpIds;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.FailureReport;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpStatus;
import org.isthmus.msrp.frame.ReportStatus;
import org.isthmus.msrp.transaction.ChunkSink;
import org.isthmus.msrp.transaction.ChunkSource;
import org.isthmus.msrp.transaction.ConnectionEnd;
import org.isthmus.msrp.transaction.MsrpConnection;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.isthmus.msrp.transaction.Priority;
import org.isthmus.msrp.transaction.ResponseHandler;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out.
 *
 * <pre>
 *  source ─► BlockInflow (window) ─► chunks, whenever it is our turn ─► responses counted ─► REPORTs counted ─► outcome
 *
 *  SENDING ──last octet written──► WRITTEN ──all answered──► ANSWERED ──REPORT, or none comes──► FINISHED
 *     └──────── error, time-out, abort, source failed ──► (# if the peer would wait for more) ──► FINISHED
 * </pre>
 *
 * <p>The next chunk never waits for the response to the one before (RFC 4975 §7.1.1). Chunks of up to a batch are written
 * at once; larger ones, and the one SEND of a peer that cannot read chunks, are opened and written piece by piece, so that
 * the connection can interrupt them. A chunk is begun when it is full or a short while after its first octet came, so that
 * a slow source does not hold octets back. Confined to the loop except for {@link OutgoingMessage}.
 */
public final class OutgoingTransfer implements ChunkSource, OutgoingMessage {

    private enum State {
        SENDING,
        WRITTEN,
        ANSWERED,
        FINISHED
    }

    /** A chunk that is not full goes after so long. */
    private static final long LINGER_NANOS = 20_000_000;
    /** A chunk of more than this is written piece by piece. */
    private static final int LARGEST_AT_ONCE = 64 * 1024;

    private final SendRequest request;
    private final String messageId;
    private final SendListener listener;
    private final Executor owner;
    private final CompletableFuture<SendOutcome> outcome = new CompletableFuture<>();

    private @Nullable MsrpConnection connection;
    private @Nullable SendPath path;
    private @Nullable BlockInflow inflow;
    private @Nullable ChunkWriter writer;

    private State state = State.SENDING;
    private int chunkOctets;
    private long waitingSince = -1;
    private boolean lastChunkWritten;
    /** The peer is still to be told by {@code #} that nothing more comes. */
    private boolean abortDue;

    private int unanswered;
    // Written on the loop only; volatile for those who ask from elsewhere.
    private volatile long sent;
    private volatile long confirmed;
    private long toldAt;
    private final ByteRanges reported = new ByteRanges();
    private MsrpTimers.@Nullable Timeout reportTimer;
    private @Nullable Runnable afterFinish;

    /** @param owner runs tasks where the transfer is confined to, also before that is a loop */
    public OutgoingTransfer(SendRequest request, String messageId, SendListener listener, Executor owner) {
        this.request = request;
        this.messageId = messageId;
        this.listener = listener;
        this.owner = owner;
    }

    /**
     * Begins to send.
     *
     * @param afterFinish called when the outcome is known
     */
    public void start(MsrpConnection over, SendPath along, Flow.Publisher<ByteBuffer> body, Runnable afterFinish) {
        assert over.loop().inEventLoop();
        if (state == State.FINISHED) {
            return;
        }
        this.connection = over;
        this.path = along;
        this.afterFinish = afterFinish;
        ChunkTemplate template = new ChunkTemplate(along.to(), List.of(along.from()), request.toHeaders(messageId));
        BlockInflow source = new BlockInflow(over.loop(), along.windowOctets(), this::more);
        this.inflow = source;
        ChunkWriter.Data data = new ChunkWriter.Data() {
            @Override
            public void peek(ByteBuf out, int octets) {
                source.peek(out, octets);
            }

            @Override
            public void consume(int octets) {
                source.consume(octets);
            }
        };
        ChunkWriter frames = new ChunkWriter(template, data, request.size().orElse(ByteRange.UNKNOWN));
        this.writer = frames;
        int wanted = request.chunkOctets().orElse(along.chunkOctets());
        if (along.maxFrameOctets() > 0) {
            int cap = frames.capFor(along.maxFrameOctets(), MsrpIds.transactionIdLength());
            wanted = wanted == 0 ? cap : Math.min(wanted, cap);
        }
        this.chunkOctets = wanted;
        over.attach(this);
        body.subscribe(source);
    }

    public SendRequest request() {
        return request;
    }

    // ---- for everybody ----------------------------------------------------------------------------------------------

    @Override
    public String messageId() {
        return messageId;
    }

    @Override
    public CompletionStage<SendOutcome> outcome() {
        return outcome.minimalCompletionStage();
    }

    @Override
    public long sent() {
        return sent;
    }

    @Override
    public long confirmed() {
        return confirmed;
    }

    @Override
    public void abort(String words) {
        owner.execute(() -> end(SendOutcome.Kind.ABORTED, 0, words, true));
    }

    /** Ends it without a word to the peer, to whom nothing can be said any more. */
    public void lost(String words) {
        end(SendOutcome.Kind.SESSION_ENDED, 0, words, false);
    }

    /** Ends it before it was begun. */
    public void notAllowed(int status, String words) {
        end(SendOutcome.Kind.NOT_ALLOWED, status, words, false);
    }

    // ---- the source -------------------------------------------------------------------------------------------------

    private void more() {
        MsrpConnection over = connection;
        BlockInflow source = inflow;
        if (over == null || source == null || state != State.SENDING) {
            return;
        }
        if (source.failure() != null) {
            end(SendOutcome.Kind.SOURCE_FAILED, 0, "the source failed", true);
            return;
        }
        if (waitingSince < 0 && source.buffered() > 0) {
            waitingSince = over.timers().nanoTime();
        }
        over.wake(this);
    }

    // ---- turns ------------------------------------------------------------------------------------------------------

    @Override
    public Object turn() {
        SendPath along = path;
        return along == null ? this : along.turn();
    }

    @Override
    public Priority priority() {
        return request.priority();
    }

    @Override
    public long readyIn(long nanoTime) {
        if (abortDue) {
            return 0;
        }
        BlockInflow source = inflow;
        SendPath along = path;
        if (state != State.SENDING || lastChunkWritten || source == null || along == null) {
            return Long.MAX_VALUE;
        }
        long in;
        if (source.isDone() || isOpen()) {
            in = source.isDone() || available(source) > 0 ? 0 : Long.MAX_VALUE;
        } else if (available(source) == 0) {
            in = Long.MAX_VALUE;
        } else if (available(source) >= target() || isRest(source)) {
            in = 0;
        } else {
            in = Math.max(0, waitingSince + LINGER_NANOS - nanoTime);
        }
        if (in != Long.MAX_VALUE) {
            for (var limit : along.limits()) {
                in = Math.max(in, limit.readyIn());
            }
        }
        return in;
    }

    /** What may be written now: where the size is unknown, the last octet waits, because it may need the {@code $}. */
    private long available(BlockInflow source) {
        boolean mayBeLast = request.size().isEmpty() && !source.isDone();
        return mayBeLast ? Math.max(0, source.buffered() - 1) : source.buffered();
    }

    /** Whether everything that is still to come is at hand. */
    private boolean isRest(BlockInflow source) {
        ChunkWriter frames = writer;
        return frames != null
                && request.size().isPresent()
                && frames.written() + source.buffered() >= request.size().getAsLong();
    }

    private long target() {
        return chunkOctets == 0 ? LARGEST_AT_ONCE : Math.min(chunkOctets, LARGEST_AT_ONCE);
    }

    @Override
    public int estimate(int maxOctets) {
        BlockInflow source = inflow;
        long at = source == null ? 0 : Math.min(source.buffered(), maxOctets);
        return (int) Math.min(at, Integer.MAX_VALUE / 2) + 512;
    }

    @Override
    public int write(ByteBuf out, int maxOctets, ChunkSink sink) {
        BlockInflow source = inflow;
        ChunkWriter frames = writer;
        if (source == null || frames == null) {
            return 0;
        }
        if (abortDue) {
            writeAbort(out, frames, sink);
            return 0;
        }
        long left = request.size().isPresent() ? request.size().getAsLong() - frames.written() : Long.MAX_VALUE;
        if (source.buffered() > left || (source.isDone() && left != Long.MAX_VALUE && source.buffered() < left)) {
            end(SendOutcome.Kind.SOURCE_FAILED, 0, "the source is not of the announced size", true);
            if (abortDue) {
                writeAbort(out, frames, sink);
            }
            return 0;
        }
        waitingSince = -1;
        boolean piecewise = chunkOctets == 0 || chunkOctets > LARGEST_AT_ONCE;
        int body = piecewise
                ? writePiece(out, source, frames, maxOctets, sink)
                : writeChunk(out, source, frames, maxOctets, sink);
        if (source.buffered() > 0) {
            waitingSince = sink.nanoTime();
        }
        spend(body);
        return body;
    }

    private int writeChunk(ByteBuf out, BlockInflow source, ChunkWriter frames, int maxOctets, ChunkSink sink) {
        int octets = (int) Math.min(available(source), Math.min(chunkOctets, maxOctets));
        boolean last = isLast(source, frames, octets);
        ended(frames.chunk(out, octets, last ? Continuation.COMPLETE : Continuation.MORE, sink), last, sink);
        return octets;
    }

    private int writePiece(ByteBuf out, BlockInflow source, ChunkWriter frames, int maxOctets, ChunkSink sink) {
        if (!frames.isOpen()) {
            String id = frames.open(out, sink);
            if (request.failureReport() != FailureReport.NO) {
                sink.hearErrors(id, new EarlyAnswer());
            }
        }
        long room = chunkOctets == 0 ? Long.MAX_VALUE : chunkOctets - frames.openOctets();
        int octets = (int) Math.min(available(source), Math.min(room, maxOctets));
        boolean last = isLast(source, frames, octets);
        int body = frames.piece(out, octets);
        if (body < octets) {
            ended(frames.close(out, Continuation.MORE), false, sink);
        } else if (last || body == room) {
            ended(frames.close(out, last ? Continuation.COMPLETE : Continuation.MORE), last, sink);
        }
        return body;
    }

    private boolean isLast(BlockInflow source, ChunkWriter frames, int octets) {
        return request.size().isPresent()
                ? frames.written() + octets == request.size().getAsLong()
                : source.isDone() && octets == source.buffered();
    }

    @Override
    public boolean isOpen() {
        ChunkWriter frames = writer;
        return frames != null && frames.isOpen();
    }

    @Override
    public long openSince() {
        ChunkWriter frames = writer;
        return frames == null ? 0 : frames.openSince();
    }

    @Override
    public int interrupt(ByteBuf out, ChunkSink sink) {
        ChunkWriter frames = writer;
        BlockInflow source = inflow;
        if (frames == null || source == null || !frames.isOpen()) {
            return 0;
        }
        if (abortDue) {
            writeAbort(out, frames, sink);
            return 0;
        }
        // With the end-line goes some data, so that it is not alone in its segment; see MsrpEncoder.
        int octets = (int) Math.min(available(source), 1024);
        boolean last = isLast(source, frames, octets);
        int body = frames.piece(out, octets);
        last &= body == octets;
        ended(frames.close(out, last ? Continuation.COMPLETE : Continuation.MORE), last, sink);
        spend(body);
        return body;
    }

    private void spend(int body) {
        SendPath along = path;
        if (along != null) {
            along.limits().forEach(limit -> limit.spend(body));
        }
    }

    private void writeAbort(ByteBuf out, ChunkWriter frames, ChunkSink sink) {
        abortDue = false;
        if (!frames.isOpen()) {
            frames.open(out, sink);
        }
        frames.close(out, Continuation.ABORTED);
    }

    /** A chunk is complete on our side: its answer is awaited as the request wants it. */
    private void ended(ChunkWriter.Chunk chunk, boolean last, ChunkSink sink) {
        lastChunkWritten |= last;
        switch (request.failureReport()) {
            case YES -> {
                unanswered++;
                sink.expectResponse(chunk.transactionId(), new Answer(chunk.octets()));
            }
            case PARTIAL -> sink.hearErrors(chunk.transactionId(), new Answer(chunk.octets()));
            case NO -> {}
        }
    }

    @Override
    public boolean isFinished() {
        return !abortDue && (lastChunkWritten || state == State.FINISHED) && !isOpen();
    }

    @Override
    public void written(long octets) {
        sent = sent() + octets;
        progress(false);
        ChunkWriter frames = writer;
        if (state == State.SENDING && lastChunkWritten && frames != null && sent == frames.written()) {
            state = State.WRITTEN;
            advance();
        }
    }

    // ---- answers ----------------------------------------------------------------------------------------------------

    private final class Answer implements ResponseHandler {

        private final long octets;

        Answer(long octets) {
            this.octets = octets;
        }

        @Override
        public void onResponse(MsrpResponse response) {
            unanswered--;
            if (!response.isSuccess()) {
                refused(response.status(), response.comment());
                return;
            }
            confirmed = confirmed() + octets;
            progress(false);
            advance();
        }

        @Override
        public void onTimeout() {
            unanswered--;
            end(SendOutcome.Kind.TIMED_OUT, MsrpStatus.TIMEOUT, "no response in time", true);
        }

        @Override
        public void onConnectionEnd(ConnectionEnd end) {
            lost(end.words());
        }
    }

    /** An error before the end of the chunk: the receiver need not wait with it (RFC 4975 §10.5). */
    private final class EarlyAnswer implements ResponseHandler {

        @Override
        public void onResponse(MsrpResponse response) {
            if (!response.isSuccess()) {
                refused(response.status(), response.comment());
            }
        }

        @Override
        public void onTimeout() {
            // not awaited
        }

        @Override
        public void onConnectionEnd(ConnectionEnd end) {
            lost(end.words());
        }
    }

    private void refused(int status, String comment) {
        if (status == MsrpStatus.TIMEOUT) {
            end(SendOutcome.Kind.TIMED_OUT, status, comment, true);
        } else {
            // The peer wants no more of it: an open chunk is ended with #, but no further one is begun for that.
            end(SendOutcome.Kind.REFUSED, status, comment, isOpen());
        }
    }

    /**
     * A REPORT about this message.
     *
     * @param range absent: about all of it
     */
    public void onReport(ReportStatus status, Optional<ByteRange> range) {
        if (!status.isMsrp()) {
            return;
        }
        if (status.code() < 200 || status.code() > 299) {
            refused(status.code(), status.comment());
            return;
        }
        ChunkWriter frames = writer;
        if (!request.successReport() || frames == null || reported.count() > 4096) {
            return;
        }
        long from = range.map(r -> r.start() - 1).orElse(0L);
        long to = range.isPresent() && range.get().end() != ByteRange.UNKNOWN
                ? range.get().end()
                : frames.written();
        reported.add(from, to);
        advance();
    }

    private boolean isReported() {
        ChunkWriter frames = writer;
        return request.successReport() && frames != null && reported.coversFromStart(frames.written());
    }

    private void advance() {
        if (state == State.WRITTEN && isReported()) {
            // The far end has it all; what a hop still owes us is of no interest.
            finish(SendOutcome.Kind.DELIVERED, MsrpStatus.OK, "");
            return;
        }
        if (state == State.WRITTEN && unanswered == 0) {
            state = State.ANSWERED;
            if (request.successReport()) {
                awaitReport();
            } else {
                finish(accepted(), request.failureReport() == FailureReport.YES ? MsrpStatus.OK : 0, "");
            }
        } else if (state == State.ANSWERED && isReported()) {
            finish(SendOutcome.Kind.DELIVERED, MsrpStatus.OK, "");
        }
    }

    private SendOutcome.Kind accepted() {
        return request.failureReport() == FailureReport.YES ? SendOutcome.Kind.ACCEPTED : SendOutcome.Kind.SENT;
    }

    private void awaitReport() {
        MsrpConnection over = connection;
        if (over != null) {
            reportTimer = over.timers()
                    .schedule(over.loop(), request.reportWait(), () -> finish(accepted(), 0, "no success REPORT came"));
        }
    }

    private void progress(boolean end) {
        long moved = sent + confirmed - toldAt;
        if (moved >= request.progressEvery() || (end && moved > 0)) {
            toldAt = sent + confirmed;
            listener.onProgress(sent, confirmed);
        }
    }

    private void end(SendOutcome.Kind kind, int status, String words, boolean tellPeer) {
        if (state == State.FINISHED) {
            if (kind == SendOutcome.Kind.REFUSED || kind == SendOutcome.Kind.TIMED_OUT) {
                SendOutcome told = outcome.getNow(null);
                if (told != null && told.isSuccess() && told.kind() != SendOutcome.Kind.DELIVERED) {
                    listener.onLateFailure(status, words);
                }
            }
            return;
        }
        ChunkWriter frames = writer;
        boolean begun = frames != null && (frames.written() > 0 || frames.isOpen());
        abortDue = tellPeer && begun && !lastChunkWritten;
        finish(kind, status, words);
    }

    private void finish(SendOutcome.Kind kind, int status, String words) {
        if (state == State.FINISHED) {
            return;
        }
        state = State.FINISHED;
        if (reportTimer != null) {
            reportTimer.cancel();
        }
        if (inflow != null) {
            inflow.cancel();
        }
        if (connection != null) {
            if (abortDue) {
                connection.wake(this);
            } else {
                connection.detach(this);
            }
        }
        progress(true);
        outcome.complete(new SendOutcome(kind, status, words, sent, confirmed));
        if (afterFinish != null) {
            afterFinish.run();
        }
    }
}
