package org.isthmus.component.sip.wire;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.Reply;
import org.isthmus.component.sip.framing.SipFramer;
import org.isthmus.component.sip.framing.SipGrammar;
import org.isthmus.component.sip.framing.ViaFields;
import org.isthmus.component.sip.wire.WireHandler.Refused;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, accepted or opened. One thread reads, frames, parses and hands over, so the peer's order is kept.
 * Writers take a lock and are watched: a write that blocks too long closes the connection. A malformed message is answered
 * 400 and reading goes on; only a stream that cannot be framed any more closes.
 */
final class TcpConnection extends PeerChannel implements SipFramer.Sink {

    /** Answers waiting to be written before reading pauses. */
    private static final int ANSWERS_MOST = 1_000;

    private static final byte[] PONG = {'\r', '\n'};

    private final TcpPoint point;
    private final WireContext context;
    private final InetAddress peer;
    private final int peerPort;
    private final Strand out;
    private final SipGrammar grammar = new SipGrammar();
    private final Object writeLock = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean stalled; // a write took too long
    private final @Nullable String partner; // known for accepted connections
    private volatile @Nullable Socket socket; // written under writeLock

    /** A connection that was accepted from a partner. */
    TcpConnection(TcpPoint point, Socket socket, String partner, WireContext context) {
        super(point, socket.getInetAddress(), socket.getPort());
        this.point = point;
        this.context = context;
        this.peer = socket.getInetAddress();
        this.peerPort = socket.getPort();
        this.out = new Strand(context.out(), context.log());
        this.partner = partner;
        this.socket = socket;
    }

    /** A connection to a next hop, opened by the first write. */
    TcpConnection(TcpPoint point, InetAddress peer, int peerPort, WireContext context) {
        super(point, peer, peerPort);
        this.point = point;
        this.context = context;
        this.peer = peer;
        this.peerPort = peerPort;
        this.out = new Strand(context.out(), context.log());
        this.partner = null;
    }

    InetAddress peerAddress() {
        return peer;
    }

    boolean isClosed() {
        return closed.get();
    }

    /** Starts the reading thread. */
    void read() {
        Thread reader = new Thread(this::readLoop, "sip-tcp-" + ViaFields.address(peer) + ":" + peerPort);
        reader.setDaemon(true);
        reader.start();
    }

    private void readLoop() {
        Socket open = socket;
        if (open == null) {
            return;
        }
        SipFramer framer = new SipFramer(context.limits(), this);
        byte[] buffer = new byte[16_384];
        try {
            open.setTcpNoDelay(true);
            open.setKeepAlive(true);
            InputStream in = open.getInputStream();
            long begun = 0;
            while (true) {
                out.awaitRoom(ANSWERS_MOST, context.limits().write()); // who does not read may not write either
                boolean half = framer.inMessage();
                long now = context.timers().nanos();
                Duration patience = half
                        ? context.limits().halfMessage().minusNanos(now - begun)
                        : context.limits().idle();
                if (half && patience.toMillis() <= 0) {
                    refused(Refused.BROKEN, "half a message and no more");
                    return;
                }
                open.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, patience.toMillis())));
                int count;
                try {
                    count = in.read(buffer);
                } catch (SocketTimeoutException silent) {
                    if (framer.inMessage()) {
                        continue; // told above
                    }
                    return;
                }
                if (count < 0) {
                    return;
                }
                long before = framer.messages();
                Optional<SipFramer.Broken> broken = framer.feed(buffer, 0, count);
                if (broken.isPresent()) {
                    refused(Refused.BROKEN, broken.get().words());
                    broken.get()
                            .head()
                            .ifPresent(head -> answerAndClose(head, broken.get().words()));
                    return;
                }
                if (!half || framer.messages() > before) {
                    begun = context.timers().nanos();
                }
            }
        } catch (IOException gone) {
            // the other side or a watchdog closed it
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError defect) {
            context.log().defect("sip-tcp", defect);
        } finally {
            close();
        }
    }

    @Override
    public void message(RawHead head, byte[] headOctets, byte[] body) {
        SIPMessage message;
        try {
            message = grammar.parse(head, headOctets, body);
        } catch (SipGrammar.Malformed notSip) {
            String words = notSip.getMessage() == null ? "cannot be read" : notSip.getMessage();
            refused(Refused.MALFORMED, words);
            stateless(400, "Bad Request - " + words, head);
            return;
        }
        mark(message);
        if (message instanceof SIPResponse response) {
            context.handler().onResponse(response, this);
            return;
        }
        Optional<String> sender =
                partner != null ? Optional.of(partner) : context.partners().partnerOf(peer);
        if (sender.isEmpty()) {
            // A next hop outside the listed networks may answer on the connection we opened, but not ask.
            refused(Refused.STRANGER, "request from a next hop that is no listed source");
            stateless(403, "Forbidden", head);
            return;
        }
        Arrival.Way way = this::answer;
        context.handler()
                .onRequest(
                        new Arrival(
                                sender.get(), head, (SIPRequest) message, body, peer, peerPort, SipTransport.TCP, way),
                        this);
    }

    @Override
    public void oversized(RawHead head) {
        refused(Refused.OVERSIZED, "message over " + context.limits().messageOctets() + " octets");
        stateless(513, "Message Too Large", head);
    }

    @Override
    public void ping() {
        out.execute(() -> {
            try {
                write(PONG);
            } catch (IOException gone) {
                close();
            }
        });
    }

    private void refused(Refused why, String words) {
        context.handler().onRefused(why, SipTransport.TCP, peer, words);
    }

    private void stateless(int status, String reason, RawHead head) {
        if (head.isAnswerable()) {
            answer(Reply.of(status, reason, context.stamp().of(head)), head);
        }
    }

    /** Last words on a stream that cannot be read any more: written here, because the connection closes next. */
    private void answerAndClose(RawHead head, String words) {
        if (head.isAnswerable()) {
            try {
                write(Reply.of(400, "Bad Request - " + words, context.stamp().of(head))
                        .octets(head, peer, peerPort));
            } catch (IOException gone) {
                // it is closed anyway
            }
        }
    }

    private void answer(Reply reply, RawHead request) {
        out.execute(() -> {
            try {
                byte[] octets = reply.octets(request, peer, peerPort);
                if (partner == null || !isClosed()) {
                    write(octets);
                } else {
                    answerElsewhere(request, octets);
                }
            } catch (IOException gone) {
                refused(Refused.BROKEN, "answer could not be sent");
            }
        });
    }

    /** The request's connection is gone: the answer goes to sent-by on a new one (RFC 3261 §18.2.2). */
    private void answerElsewhere(RawHead request, byte[] octets) throws IOException {
        int port = request.first("via").map(ViaFields::sentByPort).orElseThrow().orElse(5060);
        ((PeerChannel) point.createMessageChannel(peer, port)).write(octets);
    }

    @Override
    void write(byte[] octets) throws IOException {
        SipTimers.Task watchdog = context.timers().after(context.limits().write(), this::stalled);
        try {
            synchronized (writeLock) {
                if (closed.get()) {
                    throw new IOException("connection to " + ViaFields.address(peer) + ":" + peerPort + " is closed");
                }
                Socket open = socket;
                if (open == null) {
                    open = connect();
                }
                open.getOutputStream().write(octets);
            }
        } catch (IOException failed) {
            close();
            if (stalled) {
                throw new WriteStalledException(ViaFields.address(peer) + ":" + peerPort + " does not read");
            }
            throw failed;
        } finally {
            watchdog.cancel();
        }
    }

    private void stalled() {
        stalled = true;
        close();
    }

    private Socket connect() throws IOException {
        if (point.isStopped()) {
            throw new IOException("the listening point is stopped");
        }
        Socket fresh = new Socket();
        try {
            if (!point.getIpAddress().isAnyLocalAddress()) {
                fresh.bind(new InetSocketAddress(point.getIpAddress(), 0));
            }
            fresh.connect(new InetSocketAddress(peer, peerPort), (int)
                    context.limits().connect().toMillis());
        } catch (IOException failed) {
            TcpPoint.closeQuietly(fresh);
            throw failed;
        }
        socket = fresh;
        read();
        return fresh;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            Socket open = socket;
            if (open != null) {
                TcpPoint.closeQuietly(open);
            }
            point.closed(this);
        }
    }

    @Override
    public String getTransport() {
        return "TCP";
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    /** Two connections to one peer are two channels. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
