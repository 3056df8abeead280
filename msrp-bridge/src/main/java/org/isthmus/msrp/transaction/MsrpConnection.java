package org.isthmus.msrp.transaction;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.isthmus.msrp.codec.MsrpDecoder;
import org.isthmus.msrp.codec.MsrpEncoder;
import org.isthmus.msrp.codec.MsrpIds;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpBadFrame;
import org.isthmus.msrp.frame.MsrpEnd;
import org.isthmus.msrp.frame.MsrpPart;
import org.isthmus.msrp.frame.MsrpPiece;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpStatus;
import org.isthmus.msrp.frame.MsrpUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MSRP connection and the sessions on it; the last handler of its channel.
 *
 * <p>Reading. Parts of frames come from {@link MsrpDecoder}. A request goes to the session that its To-Path names; a
 * response to the request it answers. Somebody who cannot take more {@linkplain #holdReading holds} the reading; the
 * socket is then not read at all, for every session on the connection, so that the peer is slowed down by TCP.
 *
 * <p>Writing is {@link ConnectionWriter}'s, in the order that {@link Outbox} decides.
 *
 * <p>Time. A tick each second looks after all limits. Confined to the event loop of its channel; {@link #loop},
 * {@link #isOpen}, {@link #whenReady}, {@link #whenEnded} and the addresses may be asked from anywhere.
 */
public final class MsrpConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(MsrpConnection.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Bodies of requests other than SEND (RFC 4975 §7.1). */
    private static final int MAX_OTHER_BODY = 10_240;

    /** For requests that were refused or carry nothing for us. */
    private static final BodyReceiver NOBODY = new BodyReceiver() {
        @Override
        public void piece(ByteBuffer data) {}

        @Override
        public void end(Continuation flag) {}
    };

    /** What exists from the moment the handler is in a pipeline. */
    private record Line(Channel channel, ReadGate gate, ConnectionWriter writer) {}

    private final ConnectionSettings settings;
    private final MsrpTimers timers;
    private final MsrpIds ids;
    private final RequestRouter router;
    private final MsrpUri device;
    private final boolean accepted;

    private final Map<String, TransactionUser> users = new LinkedHashMap<>();
    private final PendingTransactions pending;
    private final CompletableFuture<MsrpConnection> ready = new CompletableFuture<>();
    private final CompletableFuture<ConnectionEnd> ended = new CompletableFuture<>();

    /** Parts that came after a request whose session is not decided; reading is held meanwhile. */
    private final Deque<MsrpPart> undecided = new ArrayDeque<>();

    private @Nullable Line line;
    private MsrpTimers.@Nullable Timeout tick;
    private BodyReceiver receiver = NOBODY;
    /** Octets of the body of a request that is no SEND, or -1. */
    private int otherBody = -1;

    private long startedAt;
    private long heardAt;
    private long unusedSince;
    private boolean proven;
    private boolean asking;

    /**
     * @param device our own URI without session, for answers to requests that name none
     * @param accepted whether the peer opened the connection
     */
    public MsrpConnection(
            ConnectionSettings settings,
            MsrpTimers timers,
            MsrpIds ids,
            RequestRouter router,
            MsrpUri device,
            boolean accepted) {
        this.settings = settings;
        this.timers = timers;
        this.ids = ids;
        this.router = router;
        this.device = device;
        this.accepted = accepted;
        this.pending = new PendingTransactions(settings.transactionTimeout().toNanos());
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ReadGate gate = new ReadGate(ctx.channel(), timers);
        ChunkSink sink = new ChunkSink() {
            @Override
            public String newTransactionId() {
                return freshTransactionId();
            }

            @Override
            public long nanoTime() {
                return timers.nanoTime();
            }

            @Override
            public void expectResponse(String transactionId, ResponseHandler handler) {
                pending.add(transactionId, handler);
            }

            @Override
            public void hearErrors(String transactionId, ResponseHandler handler) {
                pending.addErrorsOnly(transactionId, handler);
            }
        };
        ConnectionWriter writer =
                new ConnectionWriter(ctx, settings, timers, pending, gate, sink, cause -> exceptionCaught(ctx, cause));
        line = new Line(ctx.channel(), gate, writer);
        if (ctx.channel().isActive()) {
            connected(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        connected(ctx);
    }

    private void connected(ChannelHandlerContext ctx) {
        if (tick != null || ended.isDone()) {
            return;
        }
        startedAt = timers.nanoTime();
        heardAt = startedAt;
        unusedSince = startedAt;
        tick = timers.schedule(ctx.channel().eventLoop(), TICK, this::tick);
        if (ctx.pipeline().get(SslHandler.class) == null) {
            usable();
        }
    }

    private void usable() {
        line().writer.enable();
        ready.complete(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                usable();
            } else {
                close(new ConnectionEnd(ConnectionEnd.Kind.TLS, "TLS handshake failed: " + words(handshake.cause())));
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(new ConnectionEnd(ConnectionEnd.Kind.PEER_CLOSED, "the peer closed the connection"));
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(new ConnectionEnd(ConnectionEnd.Kind.CLOSED, "the connection was taken away"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            close(new ConnectionEnd(ConnectionEnd.Kind.NETWORK, words(cause)));
        } else if (cause instanceof DecoderException) {
            close(new ConnectionEnd(ConnectionEnd.Kind.TLS, words(cause)));
        } else {
            LOG.error("MSRP connection {}: defect", ctx.channel().id(), cause);
            close(new ConnectionEnd(ConnectionEnd.Kind.CLOSED, "defect, see the log"));
        }
    }

    /** Closes the connection; its sessions are told why. */
    public void close(ConnectionEnd end) {
        assert loop().inEventLoop();
        end(end);
        line().channel
                .close()
                .addListener(closed ->
                        LOG.trace("MSRP connection {} closed", line().channel.id()));
    }

    private void end(ConnectionEnd end) {
        if (!ended.complete(end)) {
            return;
        }
        if (tick != null) {
            tick.cancel();
        }
        LOG.debug("MSRP connection {} ended: {} ({})", line().channel.id(), end.kind(), end.words());
        line().writer.stop();
        receiver = NOBODY;
        undecided.clear();
        ready.completeExceptionally(new IOException(end.words()));
        guarded(() -> pending.end(end));
        for (TransactionUser user : new ArrayList<>(users.values())) {
            guarded(() -> user.onConnectionEnd(end));
        }
        users.clear();
    }

    /** Completes when requests may be sent: connected and, where TLS is used, after the handshake. */
    public CompletionStage<MsrpConnection> whenReady() {
        return ready;
    }

    /** Completes with the reason when the connection has ended; on its loop. */
    public CompletionStage<ConnectionEnd> whenEnded() {
        return ended;
    }

    public boolean isOpen() {
        return !ended.isDone();
    }

    public EventLoop loop() {
        return line().channel.eventLoop();
    }

    /** Whether the peer opened the connection. */
    public boolean isAccepted() {
        return accepted;
    }

    public @Nullable SocketAddress remoteAddress() {
        return line().channel.remoteAddress();
    }

    public @Nullable SocketAddress localAddress() {
        return line().channel.localAddress();
    }

    /** Whether TLS protects the connection. */
    public boolean isSecure() {
        return line().channel.pipeline().get(SslHandler.class) != null;
    }

    /** The certificate that the peer has shown; empty without TLS or when it has shown none. */
    public Optional<X509Certificate> peerCertificate() {
        SslHandler tls = line().channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return Optional.empty();
        }
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    // ---- sessions -------------------------------------------------------------------------------------------------

    /** Requests to this session-id, arriving here, go to the user. */
    public void bind(String sessionId, TransactionUser user) {
        assert loop().inEventLoop();
        users.put(sessionId, user);
    }

    /** The session is over; the connection stays for the others. */
    public void unbind(String sessionId) {
        assert loop().inEventLoop();
        if (users.remove(sessionId) != null && users.isEmpty()) {
            unusedSince = timers.nanoTime();
        }
    }

    /** Sessions on the connection. */
    public int sessions() {
        return users.size();
    }

    /** The router may know now where the request goes for which it said {@link RequestRouter.Route.Later}. */
    public void reroute() {
        assert loop().inEventLoop();
        ReadGate gate = line().gate;
        if (!gate.isHeldBy(undecided)) {
            return;
        }
        List<MsrpPart> parts = new ArrayList<>(undecided);
        undecided.clear();
        boolean again = gate.release(undecided);
        parts.forEach(this::take);
        if (again) {
            heardAt = timers.nanoTime();
        }
        line().writer.schedule();
    }

    // ---- reading --------------------------------------------------------------------------------------------------

    /** Stops reading until everybody who called this has called {@link #releaseReading}. */
    public void holdReading(Object holder) {
        assert loop().inEventLoop();
        line().gate.hold(holder);
    }

    public void releaseReading(Object holder) {
        assert loop().inEventLoop();
        if (line().gate.release(holder)) {
            heardAt = timers.nanoTime();
        }
    }

    /** Whether somebody holds the reading. */
    public boolean isReadingHeld() {
        return !line().gate.isOpen();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        line().writer.reading(true);
        if (message instanceof MsrpPart part) {
            take(part);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        heardAt = timers.nanoTime();
        asking = false;
        line().writer.reading(false);
    }

    private void take(MsrpPart part) {
        if (!isOpen()) {
            return;
        }
        if (line().gate.isHeldBy(undecided)) {
            undecided.add(part);
        } else if (part instanceof MsrpPiece piece) {
            piece(piece.data());
        } else if (part instanceof MsrpEnd end) {
            BodyReceiver current = receiver;
            receiver = NOBODY;
            otherBody = -1;
            guarded(() -> current.end(end.flag()));
        } else if (part instanceof MsrpRequest request) {
            request(request);
        } else if (part instanceof MsrpResponse response) {
            guarded(() -> pending.answer(response));
        } else if (part instanceof MsrpBadFrame bad) {
            badFrame(bad);
        }
    }

    private void piece(ByteBuffer data) {
        if (otherBody >= 0) {
            otherBody += data.remaining();
            if (otherBody > MAX_OTHER_BODY) {
                close(malformed("more than " + MAX_OTHER_BODY + " octets in a request that is no SEND"));
            }
            return;
        }
        guarded(() -> receiver.piece(data));
    }

    private void request(MsrpRequest head) {
        otherBody = head.isSend() ? -1 : 0;
        if (head.toPath().isEmpty() || head.fromPath().isEmpty()) {
            refuse(head, MsrpStatus.BAD_REQUEST);
            return;
        }
        if (!head.isSend() && !head.isReport()) {
            refuse(head, MsrpStatus.UNKNOWN_METHOD);
            return;
        }
        TransactionUser user = user(head);
        if (user == null) {
            return;
        }
        proven = true;
        if (head.isReport()) {
            guarded(() -> user.onReport(head));
        } else if (!head.body()) {
            if (head.headers().effectiveFailureReport().allowsResponse(MsrpStatus.OK)) {
                respond(head, MsrpStatus.OK, MsrpStatus.comment(MsrpStatus.OK));
            }
            guarded(() -> user.onBodilessSend(head));
        } else if (head.headers().messageId().isEmpty()
                || head.headers().contentType().isEmpty()) {
            refuse(head, MsrpStatus.BAD_REQUEST);
        } else {
            guarded(() -> receiver = user.onSend(new IncomingSend(this, head)));
        }
    }

    private @Nullable TransactionUser user(MsrpRequest head) {
        if (head.toPath().size() > 1) {
            // We are the last hop or none: RFC 4975 §7.3.
            refuse(head, MsrpStatus.NO_SESSION);
            return null;
        }
        TransactionUser known = users.get(head.toPath().get(0).sessionId().orElse(""));
        if (known != null) {
            return known;
        }
        RequestRouter.Route route = router.route(this, head);
        if (route instanceof RequestRouter.Route.To to) {
            return to.user();
        }
        if (route instanceof RequestRouter.Route.Refused refused) {
            refuse(head, refused.status());
            return null;
        }
        undecided.add(head);
        line().gate.hold(undecided);
        return null;
    }

    private void badFrame(MsrpBadFrame bad) {
        LOG.debug(
                "MSRP connection {}: bad frame, {}",
                line().channel.id(),
                bad.cause().getMessage());
        if (bad.fatal()) {
            close(malformed(String.valueOf(bad.cause().getMessage())));
        } else if (bad.head() instanceof MsrpRequest request) {
            refuse(request, bad.cause().status());
        }
    }

    private static ConnectionEnd malformed(String words) {
        return new ConnectionEnd(ConnectionEnd.Kind.MALFORMED, words);
    }

    /** Answers with an error where that is allowed; a REPORT is never answered. */
    private void refuse(MsrpRequest head, int status) {
        if (!head.isReport() && head.headers().effectiveFailureReport().allowsResponse(status)) {
            respond(head, status, MsrpStatus.comment(status));
        }
    }

    /** Runs what belongs to a session; its defects do not end the connection of the others. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException defect) {
            LOG.error("MSRP connection {}: defect in a session", line().channel.id(), defect);
        }
    }

    // ---- writing --------------------------------------------------------------------------------------------------

    /**
     * Writes a response (RFC 4975 §7.2): to the previous hop for a SEND, to the sender for everything else. Who may be
     * answered has been decided.
     */
    void respond(MsrpRequest request, int status, String comment) {
        if (request.fromPath().isEmpty()) {
            return;
        }
        String to = request.isSend() ? request.fromPath().get(0).toString() : MsrpEncoder.path(request.fromPath());
        MsrpUri from = request.toPath().isEmpty() ? device : request.toPath().get(0);
        line().writer
                .control(out ->
                        MsrpEncoder.response(out, request.transactionId(), status, comment, to, from.toString()));
    }

    /** Sends a request without a body that nobody answers: a REPORT. */
    public void send(MsrpRequest head) {
        assert loop().inEventLoop();
        line().writer.control(out -> MsrpEncoder.request(out, head, null, Continuation.COMPLETE));
    }

    /** Sends a request without a body and awaits its response. */
    public void request(MsrpRequest head, ResponseHandler handler) {
        assert loop().inEventLoop();
        ConnectionEnd end = ended.getNow(null);
        if (end != null) {
            handler.onConnectionEnd(end);
            return;
        }
        pending.add(head.transactionId(), handler);
        line().writer.control(out -> MsrpEncoder.request(out, head, null, Continuation.COMPLETE));
    }

    /** A transaction id that no request in flight has. */
    public String freshTransactionId() {
        String id = ids.transactionId();
        while (pending.contains(id)) {
            id = ids.transactionId();
        }
        return id;
    }

    /** The source takes part in the turns from now on. */
    public void attach(ChunkSource source) {
        assert loop().inEventLoop();
        line().writer.attach(source);
    }

    /** The source, which has no open chunk, takes part no more. */
    public void detach(ChunkSource source) {
        assert loop().inEventLoop();
        line().writer.detach(source);
    }

    /** The source may have become ready to write. */
    public void wake(ChunkSource source) {
        assert loop().inEventLoop();
        line().writer.wake(source);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        line().writer.schedule();
        ctx.fireChannelWritabilityChanged();
    }

    // ---- time -----------------------------------------------------------------------------------------------------

    private void tick() {
        if (!isOpen()) {
            return;
        }
        long now = timers.nanoTime();
        tick = timers.schedule(loop(), TICK, this::tick);
        guarded(() -> pending.expire(line().gate.peerTime()));
        line().writer.limitOpenChunk(now);
        askWhetherAlive(now);
        ConnectionEnd end = overdue(now);
        if (end != null) {
            close(end);
        }
    }

    private @Nullable ConnectionEnd overdue(long now) {
        Line current = line();
        boolean readable = current.gate.isOpen();
        if ((!ready.isDone() || (accepted && !proven))
                && passed(now, startedAt, settings.probation())
                && !current.gate.isHeldBy(undecided)) {
            return new ConnectionEnd(ConnectionEnd.Kind.UNUSED, "no valid request on a new connection");
        }
        if (readable && insideFrame() && passed(now, heardAt, settings.frameStall())) {
            return new ConnectionEnd(ConnectionEnd.Kind.STALLED, "silence in the middle of a frame");
        }
        if (current.writer.isStalled(now)) {
            return new ConnectionEnd(ConnectionEnd.Kind.STALLED, "the peer takes nothing");
        }
        boolean unused = users.isEmpty() && pending.size() == 0 && (!accepted || proven);
        if (unused && passed(now, unusedSince, settings.unusedLinger())) {
            return new ConnectionEnd(ConnectionEnd.Kind.UNUSED, "no session left");
        }
        return null;
    }

    private void askWhetherAlive(long now) {
        if (asking
                || settings.keepAlive().isZero()
                || users.isEmpty()
                || !line().gate.isOpen()
                || !ready.isDone()
                || !passed(now, heardAt, settings.keepAlive())) {
            return;
        }
        asking = true;
        TransactionUser user = users.values().iterator().next();
        request(user.bodilessSend(freshTransactionId()), new ResponseHandler() {
            @Override
            public void onResponse(MsrpResponse response) {
                // it lives
            }

            @Override
            public void onTimeout() {
                if (heardAt - now < 0) {
                    close(new ConnectionEnd(ConnectionEnd.Kind.STALLED, "no answer to a keep-alive"));
                }
            }

            @Override
            public void onConnectionEnd(ConnectionEnd end) {
                // told to the sessions
            }
        });
    }

    private static boolean passed(long now, long since, Duration limit) {
        return now - since >= limit.toNanos();
    }

    private boolean insideFrame() {
        MsrpDecoder decoder = line().channel.pipeline().get(MsrpDecoder.class);
        return decoder != null && decoder.insideFrame();
    }

    // ---- small ----------------------------------------------------------------------------------------------------

    public MsrpIds ids() {
        return ids;
    }

    public MsrpTimers timers() {
        return timers;
    }

    private Line line() {
        Line current = line;
        if (current == null) {
            throw new IllegalStateException("not in a pipeline");
        }
        return current;
    }

    private static String words(@Nullable Throwable cause) {
        if (cause == null) {
            return "unknown";
        }
        Throwable inner = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        return inner.getClass().getSimpleName() + (inner.getMessage() == null ? "" : ": " + inner.getMessage());
    }
}
