package org.isthmus.msrp.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.FailureReport;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpStatus;
import org.isthmus.msrp.frame.ReportStatus;
import org.isthmus.msrp.message.IncomingTransfer;
import org.isthmus.msrp.message.OutgoingTransfer;
import org.isthmus.msrp.message.SendOutcome;
import org.isthmus.msrp.message.SendPath;
import org.isthmus.msrp.transaction.BodyReceiver;
import org.isthmus.msrp.transaction.IncomingSend;
import org.isthmus.msrp.transaction.MsrpConnection;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one session, in both directions, found by their Message-ID. Confined to the loop of the session's
 * connection.
 */
final class SessionMessages {

    private static final Duration TICK = Duration.ofSeconds(5);
    /** How many ended messages are remembered, to know a duplicate or a late report. */
    private static final int REMEMBERED = 32;

    private static final class Recent<V> extends LinkedHashMap<String, V> {

        private static final long serialVersionUID = 1L;

        Recent() {
            super(4);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > REMEMBERED;
        }
    }

    private final MsrpSession session;
    private final SessionHandler handler;
    private final SessionConfig config;
    private final Executor owner;

    private final Map<String, IncomingTransfer> incoming = new HashMap<>(4);
    /** What further chunks of an ended message are answered with. */
    private final Recent<Integer> over = new Recent<>();

    private final Map<String, OutgoingTransfer> outgoing = new HashMap<>(4);
    private final Recent<OutgoingTransfer> sent = new Recent<>();
    /** Types that the peer has refused (RFC 4975 §10.6). */
    private final Set<String> refusedTypes = new HashSet<>(2);

    private @Nullable MsrpConnection connection;
    private @Nullable SendPath path;
    private MsrpTimers.@Nullable Timeout tick;
    private long busyAt;
    private boolean ended;

    SessionMessages(MsrpSession session, SessionHandler handler, SessionConfig config, Executor owner) {
        this.session = session;
        this.handler = handler;
        this.config = config;
        this.owner = owner;
    }

    void open(MsrpConnection over, SendPath along) {
        connection = over;
        path = along;
        busyAt = over.timers().nanoTime();
        tick = over.timers().schedule(over.loop(), TICK, this::tick);
    }

    // ---- out --------------------------------------------------------------------------------------------------------

    void send(OutgoingTransfer transfer, Flow.Publisher<ByteBuffer> body) {
        MsrpConnection to = connection;
        SendPath along = path;
        if (ended || to == null || along == null) {
            transfer.lost("the session has ended");
            return;
        }
        RemoteParty party = session.remote().orElseThrow();
        String type = transfer.request().contentType();
        if (!party.acceptTypes().accepts(type) || refusedTypes.contains(type.toLowerCase(Locale.ROOT))) {
            transfer.notAllowed(MsrpStatus.UNSUPPORTED_TYPE, "the peer does not take " + type);
            return;
        }
        long size = transfer.request().size().orElse(0);
        if (party.maxSize().isPresent() && size > party.maxSize().getAsLong()) {
            transfer.notAllowed(
                    MsrpStatus.STOP,
                    size + " octets and the peer takes " + party.maxSize().getAsLong());
            return;
        }
        busyAt = to.timers().nanoTime();
        outgoing.put(transfer.messageId(), transfer);
        transfer.start(to, along, body, () -> sent(transfer));
    }

    private void sent(OutgoingTransfer transfer) {
        outgoing.remove(transfer.messageId(), transfer);
        if (transfer.request().failureReport() != FailureReport.NO) {
            sent.put(transfer.messageId(), transfer);
        }
        if (connection != null) {
            busyAt = connection.timers().nanoTime();
        }
        SendOutcome outcome = transfer.outcome().toCompletableFuture().getNow(null);
        if (outcome == null || outcome.kind() != SendOutcome.Kind.REFUSED) {
            return;
        }
        if (outcome.status() == MsrpStatus.UNSUPPORTED_TYPE) {
            refusedTypes.add(transfer.request().contentType().toLowerCase(Locale.ROOT));
        } else if (MsrpSession.isFatal(outcome.status())) {
            session.end(SessionEnd.Kind.REJECTED, outcome.status() + " to a message");
        }
    }

    void onReport(MsrpRequest report) {
        String id = report.headers().messageId().orElse("");
        ReportStatus status = report.headers().status().orElse(null);
        OutgoingTransfer transfer = outgoing.getOrDefault(id, sent.get(id));
        if (transfer == null || status == null) {
            return;
        }
        transfer.onReport(status, report.headers().byteRange());
        // A range that did not arrive: the session has failed (RFC 4975 §7.3.2). Refusals of one message, such as 413
        // or 415, have not made the session unusable.
        if (status.isMsrp() && (MsrpSession.isFatal(status.code()) || status.code() == MsrpStatus.TIMEOUT)) {
            session.end(SessionEnd.Kind.FAILED, "REPORT " + status.code());
        }
    }

    // ---- in ---------------------------------------------------------------------------------------------------------

    BodyReceiver onSend(IncomingSend send) {
        MsrpConnection from = connection;
        if (ended || from == null) {
            send.respond(MsrpStatus.NO_SESSION);
            return new Ignored(send, MsrpStatus.NO_SESSION);
        }
        busyAt = from.timers().nanoTime();
        String id = send.head().headers().messageId().orElse("");
        Integer answer = over.get(id);
        if (answer != null) {
            // A duplicate is acknowledged and not shown again (RFC 4975 §5.4); what was refused stays refused.
            return new Ignored(send, answer);
        }
        IncomingTransfer known = incoming.get(id);
        if (known != null) {
            return known.chunk(send);
        }
        if (!config.acceptTypes().accepts(send.head().headers().contentType().orElse(""))) {
            return new Ignored(send, MsrpStatus.UNSUPPORTED_TYPE);
        }
        if (incoming.size() >= config.incoming().maxMessages()) {
            return new Ignored(send, MsrpStatus.STOP);
        }
        IncomingTransfer[] self = new IncomingTransfer[1];
        IncomingTransfer transfer =
                new IncomingTransfer(from, send.head(), config.incoming(), owner, () -> received(id, self[0]));
        self[0] = transfer;
        incoming.put(id, transfer);
        BodyReceiver receiver = transfer.chunk(send);
        handler.onMessage(session, transfer);
        return receiver;
    }

    private void received(String id, IncomingTransfer transfer) {
        incoming.remove(id, transfer);
        over.put(id, transfer.answerToMore());
        if (transfer.isComplete() && config.reportWhenWhole()) {
            owner.execute(transfer::succeed);
        }
    }

    /** Takes a body that is of no interest and answers once: at once when it is no, at its end when it is yes. */
    private static final class Ignored implements BodyReceiver {

        private final IncomingSend send;

        Ignored(IncomingSend send, int status) {
            this.send = send;
            if (status != MsrpStatus.OK) {
                send.respond(status);
            }
        }

        @Override
        public void piece(ByteBuffer data) {
            // of no interest
        }

        @Override
        public void end(Continuation flag) {
            send.respond(MsrpStatus.OK);
        }
    }

    // ---- time and end -----------------------------------------------------------------------------------------------

    private void tick() {
        MsrpConnection on = connection;
        if (ended || on == null) {
            return;
        }
        tick = on.timers().schedule(on.loop(), TICK, this::tick);
        long now = on.timers().nanoTime();
        for (IncomingTransfer transfer : new ArrayList<>(incoming.values())) {
            transfer.limitStall(now);
        }
        if (!incoming.isEmpty() || !outgoing.isEmpty()) {
            busyAt = now;
        } else if (!config.idleLimit().isZero()
                && now - busyAt >= config.idleLimit().toNanos()) {
            busyAt = now;
            handler.onIdle(session);
        }
    }

    void end(String words) {
        ended = true;
        if (tick != null) {
            tick.cancel();
        }
        new ArrayList<>(outgoing.values()).forEach(transfer -> transfer.lost(words));
        new ArrayList<>(incoming.values()).forEach(transfer -> transfer.lost(words));
        outgoing.clear();
        incoming.clear();
        sent.clear();
    }
}
