package org.isthmus.msrp.session;

import io.netty.util.concurrent.EventExecutor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpStatus;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.message.OutgoingMessage;
import org.isthmus.msrp.message.OutgoingTransfer;
import org.isthmus.msrp.message.SendListener;
import org.isthmus.msrp.message.SendPath;
import org.isthmus.msrp.message.SendRequest;
import org.isthmus.msrp.tls.PeerVerification;
import org.isthmus.msrp.transaction.BodyReceiver;
import org.isthmus.msrp.transaction.ConnectionEnd;
import org.isthmus.msrp.transaction.IncomingSend;
import org.isthmus.msrp.transaction.MsrpConnection;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.isthmus.msrp.transaction.RequestRouter;
import org.isthmus.msrp.transaction.ResponseHandler;
import org.isthmus.msrp.transaction.TransactionUser;
import org.jspecify.annotations.Nullable;

/**
 * One MSRP session.
 *
 * <pre>
 *   RESERVED ──connect──► STARTED ──connection made, first SEND──────────► OPEN ──► ENDED
 *      │    ──await────► STARTED ──first request on some connection──────► OPEN
 *      └── a peer that is faster than the signalling waits, unread, until connect or await
 * </pre>
 *
 * <p>The session is known by its session-id alone: addresses, ports and From-Path of a request are not compared (RFC
 * 4975 §7.3; COMPAT python3-msrplib: an active side names a port that nobody listens on). It is bound to one connection
 * and stays there; a request on another one is refused with 506 (§5.4). A session of an {@code msrps} URI is never bound
 * to a connection without TLS.
 *
 * <p>Safe for several threads: the phase is guarded by a lock, all else confined to the loop of the connection, where
 * {@link SessionMailbox} brings it.
 */
public final class MsrpSession {

    private enum Phase {
        RESERVED,
        STARTED,
        OPEN,
        ENDED
    }

    private final SessionHost host;
    private final SessionConfig config;
    private final SessionHandler handler;
    private final String sessionId;
    private final MsrpUri localUri;
    private final @Nullable RelayPath relay;
    private final SessionMailbox mailbox = new SessionMailbox();
    private final SessionMessages messages;
    private final CompletableFuture<MsrpSession> connected = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private final User user = new User();

    private final Object lock = new Object();
    private Phase phase = Phase.RESERVED;
    private boolean active;
    private @Nullable RemoteParty remote;
    private @Nullable MsrpConnection bound;
    /** A connection that came before we knew the other side. */
    private @Nullable MsrpConnection early;

    private MsrpTimers.@Nullable Timeout connectTimer;

    MsrpSession(
            SessionHost host,
            SessionConfig config,
            SessionHandler handler,
            MsrpUri localUri,
            @Nullable RelayPath relay) {
        this.host = host;
        this.config = config;
        this.handler = handler;
        this.localUri = localUri;
        this.sessionId = localUri.sessionId().orElseThrow();
        this.relay = relay;
        this.messages = new SessionMessages(this, handler, config, mailbox);
    }

    // ---- for the application ----------------------------------------------------------------------------------------

    /** Our URI. Carries the secret of the session: for the session description, not for a log. */
    public MsrpUri localUri() {
        return localUri;
    }

    /** The path for our session description: our relays, if any, then our URI (RFC 4976 §5.1). */
    public List<MsrpUri> localPath() {
        return relay == null ? List.of(localUri) : RelayPath.sdpPath(relay.usePath(), localUri);
    }

    public SessionConfig config() {
        return config;
    }

    /**
     * We are active: opens a connection to the first hop, or uses one, and binds the session by an empty SEND.
     *
     * @return completes when the peer has answered
     */
    public CompletionStage<MsrpSession> connect(RemoteParty party) {
        if (!start(party, true)) {
            return connected;
        }
        if (relay != null) {
            onLoopOf(relay.connection());
            return connected;
        }
        MsrpUri next = party.path().get(0);
        if (next.secure() != config.secure()) {
            end(
                    SessionEnd.Kind.NOT_CONNECTED,
                    "the peer's URI is " + (next.secure() ? "msrps" : "msrp") + " and ours is not");
            return connected;
        }
        host.dial(next, party.connectTo(), party.verification(), config.shareConnection())
                .whenComplete((connection, failure) -> {
                    if (connection != null) {
                        onLoopOf(connection);
                    } else {
                        end(SessionHost.endOf(failure));
                    }
                });
        return connected;
    }

    /**
     * We are passive: the peer connects and speaks first. Also when it has done so already.
     *
     * @return completes when it has
     */
    public CompletionStage<MsrpSession> await(RemoteParty party) {
        MsrpConnection waiting;
        if (!start(party, false)) {
            return connected;
        }
        if (relay != null) {
            onLoopOf(relay.connection());
            return connected;
        }
        synchronized (lock) {
            waiting = early;
            early = null;
        }
        if (waiting != null) {
            waiting.loop().execute(waiting::reroute);
        }
        return connected;
    }

    private boolean start(RemoteParty party, boolean connects) {
        synchronized (lock) {
            if (phase == Phase.ENDED) {
                return false;
            }
            if (phase != Phase.RESERVED) {
                throw new IllegalStateException("session already started");
            }
            phase = Phase.STARTED;
            active = connects;
            remote = party;
            connectTimer = host.timers()
                    .schedule(
                            host.controlLoop(),
                            config.connectLimit(),
                            () -> notConnected("no connection within " + config.connectLimit()));
        }
        return true;
    }

    private void notConnected(String words) {
        if (!connected.isDone()) {
            end(SessionEnd.Kind.NOT_CONNECTED, words);
        }
    }

    /** Sends octets that are at hand. */
    public OutgoingMessage send(SendRequest request, byte[] body) {
        return send(request, new OneBlock(body), SendListener.NONE);
    }

    /**
     * Sends what a publisher publishes. Blocks may have any size; so many are requested as fit into the window. What is
     * sent before the session has its connection waits.
     */
    public OutgoingMessage send(SendRequest request, Flow.Publisher<ByteBuffer> body, SendListener listener) {
        String id = request.messageId().orElseGet(host.ids()::messageId);
        OutgoingTransfer transfer = new OutgoingTransfer(request, id, listener, mailbox);
        mailbox.execute(() -> messages.send(transfer, body));
        return transfer;
    }

    /** Ends the session; messages under way are lost. The connection stays for others, or for a while. */
    public void close(String words) {
        end(SessionEnd.Kind.CLOSED, words);
    }

    /** Completes exceptionally with {@link java.io.IOException} when the session ends before it was connected. */
    public CompletionStage<MsrpSession> whenConnected() {
        return connected;
    }

    public CompletionStage<SessionEnd> whenEnded() {
        return ended;
    }

    /** Whether the connection in use is protected by TLS and not verified: for health reports. */
    public boolean isUnverified() {
        synchronized (lock) {
            return config.secure() && remote != null && remote.verification() instanceof PeerVerification.Unverified;
        }
    }

    /** Without the session-id: fit for a log. */
    @Override
    public String toString() {
        return "MSRP session at " + localUri.redacted();
    }

    // ---- binding ----------------------------------------------------------------------------------------------------

    String sessionId() {
        return sessionId;
    }

    /** A request for this session has come on a connection that it is not known on. On the loop of the connection. */
    RequestRouter.Route offer(MsrpConnection connection) {
        synchronized (lock) {
            if (phase == Phase.ENDED) {
                return new RequestRouter.Route.Refused(MsrpStatus.NO_SESSION);
            }
            if (bound != null || (phase == Phase.STARTED && active) || (early != null && early != connection)) {
                return new RequestRouter.Route.Refused(MsrpStatus.BOUND_ELSEWHERE);
            }
            if (config.secure() && !connection.isSecure()) {
                return new RequestRouter.Route.Refused(MsrpStatus.NO_SESSION);
            }
            RemoteParty party = remote;
            if (phase == Phase.RESERVED || party == null) {
                early = connection;
                return new RequestRouter.Route.Later();
            }
            if (config.secure() && !party.verification().acceptsClient(connection.peerCertificate())) {
                return new RequestRouter.Route.Refused(MsrpStatus.NO_SESSION);
            }
            bound = connection;
            phase = Phase.OPEN;
        }
        open(connection);
        connected();
        return new RequestRouter.Route.To(user);
    }

    private void onLoopOf(MsrpConnection connection) {
        connection.loop().execute(() -> attach(connection));
    }

    /** We are active, or behind a relay, and this is the connection. On its loop. */
    private void attach(MsrpConnection connection) {
        synchronized (lock) {
            if (phase != Phase.STARTED) {
                return;
            }
            if (connection.isOpen()) {
                bound = connection;
                phase = Phase.OPEN;
            }
        }
        if (!connection.isOpen()) {
            end(SessionEnd.Kind.NOT_CONNECTED, "the connection ended before the session used it");
            return;
        }
        connection.bind(sessionId, user);
        if (active) {
            connection.request(user.bodilessSend(connection.freshTransactionId()), new FirstAnswer());
        }
        open(connection);
        if (!active) {
            connected();
        }
    }

    private void open(MsrpConnection connection) {
        connection.bind(sessionId, user);
        messages.open(connection, path());
        mailbox.moveTo(connection.loop());
    }

    private SendPath path() {
        synchronized (lock) {
            RemoteParty party = remote;
            if (party == null) {
                throw new IllegalStateException("not started");
            }
            List<MsrpUri> to = relay == null ? party.path() : RelayPath.toPath(relay.usePath(), party.path());
            int cap = relay == null || relay.maxFrameOctets() == 0
                    ? party.maxFrameOctets()
                    : party.maxFrameOctets() == 0
                            ? relay.maxFrameOctets()
                            : Math.min(relay.maxFrameOctets(), party.maxFrameOctets());
            return new SendPath(to, localUri, this, config.chunkOctets(), cap, config.windowOctets(), config.limits());
        }
    }

    private void connected() {
        MsrpTimers.Timeout timer;
        synchronized (lock) {
            timer = connectTimer;
            connectTimer = null;
        }
        if (timer != null) {
            timer.cancel();
        }
        if (connected.complete(this)) {
            handler.onConnected(this);
        }
    }

    /** What the peer says to the empty SEND that binds the session. */
    private final class FirstAnswer implements ResponseHandler {

        @Override
        public void onResponse(MsrpResponse response) {
            if (isFatal(response.status())) {
                end(SessionEnd.Kind.REJECTED, response.status() + " to the first request");
            } else {
                // COMPAT(any, 2026-11): who does not know an empty SEND answers 400 or 501, and the session works.
                connected();
            }
        }

        @Override
        public void onTimeout() {
            notConnected("no answer to the first request");
        }

        @Override
        public void onConnectionEnd(ConnectionEnd end) {
            // the session hears of it as the user of the connection
        }
    }

    /** Codes after which there is no session on this connection any more (RFC 4975 §10.8, §10.10). */
    static boolean isFatal(int status) {
        return status == MsrpStatus.NO_SESSION || status == MsrpStatus.BOUND_ELSEWHERE;
    }

    // ---- end --------------------------------------------------------------------------------------------------------

    void end(SessionEnd.Kind kind, String words) {
        end(new SessionEnd(kind, words));
    }

    private void end(SessionEnd end) {
        MsrpConnection connection;
        MsrpConnection waiting;
        MsrpTimers.Timeout timer;
        synchronized (lock) {
            if (phase == Phase.ENDED) {
                return;
            }
            phase = Phase.ENDED;
            connection = bound;
            waiting = early;
            early = null;
            timer = connectTimer;
        }
        if (timer != null) {
            timer.cancel();
        }
        host.forget(this);
        if (waiting != null) {
            waiting.loop().execute(waiting::reroute);
        }
        EventExecutor loop = connection == null ? host.controlLoop() : connection.loop();
        if (connection != null && loop.inEventLoop()) {
            finish(connection, end);
        } else {
            loop.execute(() -> {
                if (connection == null) {
                    mailbox.moveTo(loop);
                }
                finish(connection, end);
            });
        }
    }

    private void finish(@Nullable MsrpConnection connection, SessionEnd end) {
        messages.end(end.words());
        if (connection != null) {
            connection.unbind(sessionId);
        }
        connected.completeExceptionally(new java.io.IOException(end.kind() + ": " + end.words()));
        if (ended.complete(end)) {
            handler.onEnded(this, end);
        }
    }

    Optional<RemoteParty> remote() {
        synchronized (lock) {
            return Optional.ofNullable(remote);
        }
    }

    /** The session as its connection sees it. */
    private final class User implements TransactionUser {

        @Override
        public BodyReceiver onSend(IncomingSend send) {
            connected();
            return messages.onSend(send);
        }

        @Override
        public void onBodilessSend(MsrpRequest head) {
            connected();
        }

        @Override
        public void onReport(MsrpRequest report) {
            connected();
            messages.onReport(report);
        }

        @Override
        public MsrpRequest bodilessSend(String transactionId) {
            MsrpHeaders headers =
                    MsrpHeaders.builder().messageId(host.ids().messageId()).build();
            return new MsrpRequest(transactionId, MsrpRequest.SEND, path().to(), List.of(localUri), headers, false);
        }

        @Override
        public void onConnectionEnd(ConnectionEnd end) {
            SessionEnd.Kind kind =
                    end.kind() == ConnectionEnd.Kind.TLS ? SessionEnd.Kind.TLS : SessionEnd.Kind.CONNECTION_LOST;
            end(kind, end.kind() + ": " + end.words());
        }

        private void end(SessionEnd.Kind kind, String words) {
            MsrpSession.this.end(kind, words);
        }
    }
}
