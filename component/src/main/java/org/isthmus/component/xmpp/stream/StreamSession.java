package org.isthmus.component.xmpp.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stanza.Stanzas;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.isthmus.component.xmpp.xml.StreamDecoder;
import org.isthmus.component.xmpp.xml.XmlFault;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a link, from the stream header to the end (XEP-0114 §3). Confined to its channel's event loop.
 *
 * <pre>
 *   CONNECTED -- channel (and TLS) ready: header out --> OPENING
 *   OPENING   -- header in with an id: digest out    --> PROVING
 *   OPENING   -- header in without an id             --> stays: a stream error is on its way (Prosody)
 *   PROVING   -- &lt;handshake/> in                     --> UP
 *   UP        -- close(): nothing new is written     --> CLOSING -- nobody waits, or grace over --> ENDED
 *   any       -- stream error, end of stream, fault, silence, broken channel                    --> ENDED
 * </pre>
 *
 * <p>ENDED is reported once, with the first cause: what the server said wins over the closing that follows it. Before UP
 * nothing is written but header and digest, and a stanza that comes is a fault.
 *
 * <p>Writes of one turn of the event loop are flushed together, and behind them goes one ping if stanzas wait for
 * confirmation and no ping is on its way ({@link Confirmations}). Its clock starts when the socket has taken it. A second
 * ping follows one that was missed; when that is missed too, the connection is given up. The same ping is the keep-alive
 * when nothing else was written.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails to be written closes the channel, and that is reported
final class StreamSession extends ChannelInboundHandlerAdapter implements StreamDecoder.Sink {

    static final String STREAMS = "http://etherx.jabber.org/streams";
    private static final String STREAM_ERRORS = "urn:ietf:params:xml:ns:xmpp-streams";
    private static final byte[] STREAM_END = "</stream:stream>".getBytes(StandardCharsets.US_ASCII);
    private static final SecureRandom IDS = new SecureRandom();

    private enum State {
        CONNECTED,
        OPENING,
        PROVING,
        UP,
        CLOSING,
        ENDED
    }

    /** Whom the session reports to, on the event loop. */
    interface Owner {
        void up(StreamSession session);

        void element(StreamSession session, XmlElement element);

        void skipped(StreamSession session, @Nullable XmlElement envelope, String rule);

        /** The server has read these octets, or the socket took those that nobody waits for, or neither will ever be. */
        void settled(int octets);

        /** Whether the server has read nothing for longer than allowed. */
        void stalled(boolean stalled);

        void oddity(String words);

        /** Once; the channel is closed. */
        void ended(StreamSession session, LinkDown why);
    }

    private final LinkSettings link;
    private final Owner owner;
    private final StreamDecoder decoder;
    private final Confirmations confirmations = new Confirmations();
    private final String pingTo;
    private final byte[] scratch = new byte[8192];

    private State state = State.CONNECTED;
    private boolean wasUp;
    private boolean flushScheduled;
    private boolean pingedSinceTick;
    private boolean goodbyeSaid;
    private int missed;
    private @Nullable ChannelHandlerContext context;
    private @Nullable LinkDown end;
    private @Nullable ScheduledFuture<?> handshakeTimer;
    private @Nullable ScheduledFuture<?> pingTimer;
    private @Nullable ScheduledFuture<?> tick;
    private @Nullable ScheduledFuture<?> stallTimer;
    private @Nullable ScheduledFuture<?> closeTimer;

    StreamSession(LinkSettings link, Owner owner) {
        this.link = link;
        this.owner = owner;
        this.decoder = new StreamDecoder(link.input(), this);
        this.pingTo = link.pingTo().map(Object::toString).orElse(link.domain());
    }

    /** Whether stanzas may be written. */
    boolean isUp() {
        return state == State.UP;
    }

    // ---- channel

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        if (added.channel().isActive()) {
            connected(added);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        connected(active);
        active.fireChannelActive();
    }

    private void connected(ChannelHandlerContext active) {
        if (handshakeTimer == null) {
            handshakeTimer = after(link.limits().handshakeTimeout(), () -> end(Cause.NO_HANDSHAKE, null, null));
            if (link.tls() == TlsMode.OFF) {
                open(active);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext active, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                open(active);
            } else {
                end(Cause.TLS_FAILED, null, handshake.cause().getMessage());
            }
        }
        active.fireUserEventTriggered(event);
    }

    private void open(ChannelHandlerContext active) {
        state = State.OPENING;
        String header = "<?xml version='1.0'?><stream:stream xmlns='" + Stanzas.NAMESPACE + "' xmlns:stream='" + STREAMS
                + "' to='" + link.domain() + "'>";
        active.writeAndFlush(Unpooled.copiedBuffer(header, StandardCharsets.UTF_8));
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf input = (ByteBuf) message;
        try {
            while (input.isReadable() && state != State.ENDED) {
                int length = Math.min(scratch.length, input.readableBytes());
                input.readBytes(scratch, 0, length);
                decoder.feed(scratch, 0, length);
            }
        } catch (XmlFault fault) {
            fault(fault);
        } finally {
            input.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext active) {
        closedByServer();
        finish();
        active.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
        end(
                link.tls() == TlsMode.DIRECT && state == State.CONNECTED ? Cause.TLS_FAILED : Cause.BROKEN,
                null,
                cause.getClass().getSimpleName() + " " + cause.getMessage());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext active) {
        if (active.channel().isWritable()) {
            cancel(stallTimer);
            stallTimer = null;
            owner.stalled(false);
        } else if (stallTimer == null) {
            stallTimer = after(link.limits().writeStall(), () -> {
                owner.stalled(true);
                stallTimer = after(link.limits().pingTimeout().multipliedBy(2), this::silent);
            });
        }
        active.fireChannelWritabilityChanged();
    }

    // ---- what the server says

    @Override
    public void opened(XmlElement header) {
        if (!header.namespace().equals(STREAMS) || !header.local().equals("stream")) {
            end(Cause.BAD_INPUT, null, "the first element is no stream header");
            return;
        }
        String from = header.attribute("from").orElse("");
        if (!from.isEmpty() && !from.equalsIgnoreCase(link.domain())) {
            // Openfire puts names below its own domain; anybody else has answered for another component.
            owner.oddity("the server greets " + from + ", asked was " + link.domain());
        }
        String id = header.attribute("id").orElse("");
        if (id.isEmpty()) {
            // COMPAT(Prosody, 0.12): an empty id, and host-unknown behind it.
            return;
        }
        prove(id);
    }

    private void prove(String id) {
        String secret;
        try {
            secret = link.secret().get();
        } catch (RuntimeException unreadable) {
            end(Cause.NO_SECRET, null, unreadable.getClass().getSimpleName());
            return;
        }
        if (secret.isEmpty()) {
            end(Cause.NO_SECRET, null, null);
            return;
        }
        state = State.PROVING;
        String handshake = "<handshake>" + Handshake.digest(id, secret) + "</handshake>";
        context().writeAndFlush(Unpooled.copiedBuffer(handshake, StandardCharsets.US_ASCII));
    }

    @Override
    public void element(XmlElement element) {
        if (state == State.ENDED) {
            return;
        }
        if (element.namespace().equals(STREAMS)) {
            if (element.local().equals("error")) {
                streamError(element);
            }
            return;
        }
        switch (state) {
            case PROVING -> {
                if (element.local().equals("handshake")) {
                    proven();
                } else {
                    end(Cause.BAD_INPUT, null, "<" + element.local() + "/> instead of <handshake/>");
                }
            }
            case UP, CLOSING -> {
                if (!answersPing(element)) {
                    owner.element(this, element);
                }
            }
            default -> end(Cause.BAD_INPUT, null, "<" + element.local() + "/> before the handshake");
        }
    }

    @Override
    public void skipped(@Nullable XmlElement envelope, String rule) {
        if (state == State.UP || state == State.CLOSING) {
            owner.skipped(this, envelope, rule);
        } else {
            end(Cause.BAD_INPUT, null, rule);
        }
    }

    @Override
    public void closed() {
        closedByServer();
    }

    private void closedByServer() {
        Cause cause = switch (state) {
            case CLOSING -> Cause.CLOSED;
            case PROVING -> Cause.CLOSED_AT_SECRET;
            default -> Cause.CLOSED_BY_SERVER;
        };
        end(cause, null, null);
    }

    private void proven() {
        cancel(handshakeTimer);
        state = State.UP;
        wasUp = true;
        long every = link.limits().pingInterval().toMillis();
        tick = context().executor().scheduleAtFixedRate(this::keepAlive, every, every, TimeUnit.MILLISECONDS);
        owner.up(this);
    }

    private void streamError(XmlElement error) {
        String condition = "undefined-condition";
        String text = null;
        for (XmlElement child : error.elements()) {
            if (!child.namespace().equals(STREAM_ERRORS)) {
                continue;
            }
            if (child.local().equals("text")) {
                text = child.text();
            } else {
                condition = child.local();
            }
        }
        end(Cause.STREAM_ERROR, condition, text);
    }

    private void fault(XmlFault fault) {
        if (state != State.ENDED) {
            String error = "<stream:error><" + fault.kind().wire() + " xmlns='" + STREAM_ERRORS + "'/></stream:error>";
            context().write(Unpooled.copiedBuffer(error, StandardCharsets.US_ASCII));
            end(Cause.BAD_INPUT, null, fault.getMessage());
        }
    }

    // ---- what we say

    /**
     * Writes a stanza.
     *
     * @param outcome told when the server has read it or the connection ends first; null when nobody waits
     * @return false when nothing can be written any more
     */
    boolean write(WireStanza stanza, @Nullable Consumer<Outcome> outcome) {
        int octets = stanza.length();
        if (goodbyeSaid || (state != State.UP && state != State.CLOSING)) {
            return false;
        }
        ChannelFuture writing = context().write(Unpooled.wrappedBuffer(stanza.octets()));
        if (outcome == null) {
            writing.addListener(written -> owner.settled(octets));
        } else {
            confirmations.written(result -> {
                owner.settled(octets);
                outcome.accept(result);
            });
        }
        scheduleFlush();
        return true;
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            context().executor().execute(this::endOfTurn);
        }
    }

    private void endOfTurn() {
        flushScheduled = false;
        if (state == State.ENDED) {
            return;
        }
        if (confirmations.pingWanted() && !confirmations.pingOutstanding()) {
            ping();
        }
        context().flush();
    }

    private void ping() {
        byte[] random = new byte[12];
        IDS.nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        WireStanza ping = WireStanza.of(XmlElement.builder(Stanzas.NAMESPACE, "iq")
                .attribute("type", "get")
                .attribute("from", link.domain())
                .attribute("to", pingTo)
                .attribute("id", id)
                .child(XmlElement.empty(Stanzas.PING, "ping"))
                .build());
        confirmations.pinged(id);
        pingedSinceTick = true;
        context().write(Unpooled.wrappedBuffer(ping.octets())).addListener(written -> {
            if (written.isSuccess() && state != State.ENDED) {
                cancel(pingTimer);
                pingTimer = after(link.limits().pingTimeout(), this::missed);
            }
        });
    }

    /** The answer, result or error; or, when the link pings itself through the server, the ping come home. */
    boolean answersPing(XmlElement element) {
        if (!element.local().equals("iq")
                || !element.attribute("from").filter(pingTo::equals).isPresent()
                || !element.attribute("to").filter(link.domain()::equals).isPresent()
                || !element.attribute("id").filter(confirmations::answered).isPresent()) {
            return false;
        }
        missed = 0;
        cancel(pingTimer);
        if (confirmations.pingWanted()) {
            scheduleFlush();
        }
        if (state == State.CLOSING && confirmations.isEmpty()) {
            sayGoodbye();
        }
        return true;
    }

    private void missed() {
        missed++;
        if (missed >= 2) {
            silent();
        } else {
            ping();
            context().flush();
        }
    }

    private void silent() {
        end(Cause.NO_ANSWER, null, null);
    }

    private void keepAlive() {
        if (!pingedSinceTick && !confirmations.pingOutstanding() && state == State.UP) {
            ping();
            context().flush();
        }
        pingedSinceTick = false;
    }

    // ---- the end

    /** Ends in order: what was written is confirmed, the stream closed; at the latest after the grace. */
    void close() {
        if (state == State.ENDED || state == State.CLOSING) {
            return;
        }
        boolean up = state == State.UP;
        state = State.CLOSING;
        closeTimer = after(link.limits().closeGrace(), () -> end(Cause.CLOSED, null, null));
        if (!up || confirmations.isEmpty()) {
            sayGoodbye();
        }
    }

    private void sayGoodbye() {
        goodbyeSaid = true;
        context().writeAndFlush(Unpooled.wrappedBuffer(STREAM_END));
    }

    private void end(Cause cause, @Nullable String condition, @Nullable String detail) {
        if (end != null) {
            return;
        }
        end = ServerAdvice.explain(link, cause, Optional.ofNullable(condition), wasUp, Optional.ofNullable(detail));
        boolean goodbye = state != State.CONNECTED && state != State.CLOSING;
        state = State.ENDED;
        ChannelHandlerContext channel = context();
        if (goodbye && channel.channel().isActive()) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(STREAM_END)).addListener(ChannelFutureListener.CLOSE);
            // A server that does not read would keep the connection, and with it the name, for ever.
            channel.executor().schedule(() -> channel.close(), 1, TimeUnit.SECONDS);
        } else {
            channel.close();
        }
    }

    private void finish() {
        LinkDown why = end;
        if (why != null) {
            cancel(handshakeTimer);
            cancel(pingTimer);
            cancel(tick);
            cancel(stallTimer);
            cancel(closeTimer);
            confirmations.lost();
            owner.ended(this, why);
        }
    }

    private ChannelHandlerContext context() {
        ChannelHandlerContext present = context;
        if (present == null) {
            throw new IllegalStateException("not yet in a pipeline");
        }
        assert present.executor().inEventLoop() : "a session is confined to its event loop";
        return present;
    }

    private ScheduledFuture<?> after(Duration delay, Runnable task) {
        return context().executor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
