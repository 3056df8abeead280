package org.isthmus.component.xmpp.stream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * One component domain kept attached to its server (XEP-0114): connects, proves the secret, reconnects for ever, carries
 * stanzas while it is up.
 *
 * <pre>
 *   STOPPED    -- start()                          --> CONNECTING
 *   CONNECTING -- TCP (and TLS), handshake done    --> UP
 *   CONNECTING -- anything else                    --> WAITING
 *   UP         -- the session ended                --> WAITING
 *   WAITING    -- wait over ({@link RetryPolicy})  --> CONNECTING, addresses resolved anew
 *   any        -- close()                          --> CLOSING --> CLOSED
 * </pre>
 *
 * <p>A new connection is made only after the channel of the old one is closed: ejabberd accepts two for one domain and
 * would spread the stanzas over them. There is no resumption; what was written and not confirmed ends as
 * {@link Outcome#LOST}.
 *
 * <p>State is confined to the event loop given to the constructor. {@link #send} may be called from any thread and keeps
 * the order of the calls of each; the only things shared are the count of octets under way and two flags.
 */
public final class ComponentLink {

    /** Where a link is in its life. */
    public enum State {
        STOPPED,
        CONNECTING,
        UP,
        WAITING,
        CLOSING,
        CLOSED
    }

    private final LinkSettings link;
    private final EventLoop loop;
    private final LinkInbound inbound;
    private final LinkListener listener;
    private final Connector connector;
    private final RetryPolicy retry;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicLong octetsUnderWay = new AtomicLong();

    private volatile State state = State.STOPPED;
    private volatile boolean stalled;
    private @Nullable StreamSession session;
    private @Nullable ScheduledFuture<?> retryTimer;
    private long upSince;

    /**
     * A link that does nothing before {@link #start}.
     *
     * @param loop its only thread
     * @param tls used when the settings say so
     * @param random for the jitter of the waits
     */
    public ComponentLink(
            LinkSettings link,
            EventLoop loop,
            AddressLookup addresses,
            Optional<SslContext> tls,
            RandomGenerator random,
            LinkInbound inbound,
            LinkListener listener) {
        this.link = link;
        this.loop = loop;
        this.inbound = inbound;
        this.listener = listener;
        this.connector = new Connector(link, loop, addresses, protection(link, tls));
        this.retry = new RetryPolicy(link.limits(), random);
    }

    private static Optional<SslContext> protection(LinkSettings link, Optional<SslContext> tls) {
        if (link.tls() == TlsMode.OFF) {
            return Optional.empty();
        }
        if (tls.isEmpty()) {
            throw new IllegalArgumentException("the link of " + link.domain() + " is to use TLS and has no context");
        }
        return tls;
    }

    /** Begins to connect. Any thread; a second call does nothing. */
    public void start() {
        loop.execute(() -> {
            if (state == State.STOPPED) {
                connect();
            }
        });
    }

    /** Where the link is. Any thread; the answer may be old when it arrives. */
    public State state() {
        return state;
    }

    /** What it was made with. */
    public LinkSettings settings() {
        return link;
    }

    /**
     * Writes a stanza, in the order of the calls of a thread. Any thread; never blocks.
     *
     * @param outcome called exactly once, on the event loop (on the caller's thread only when that has been shut down)
     * @throws IllegalArgumentException when the stanza is not from this link's domain: servers close the link for that
     */
    public void send(WireStanza stanza, Consumer<Outcome> outcome) {
        submit(stanza, outcome, outcome);
    }

    /**
     * Writes a stanza whose fate only matters when it cannot be written, such as the answer to an IQ.
     *
     * @param refused called at most once, with why it was not written
     */
    public void sendUnconfirmed(WireStanza stanza, Consumer<Outcome> refused) {
        submit(stanza, null, refused);
    }

    /** Says that what is addressed to this link's domain came on another link, which costs the order. Any thread. */
    public void reportStray() {
        listener.onOddity(
                link,
                link.server() == ServerKind.EJABBERD
                        ? "ejabberd spreads the stanzas for this domain over several links, which costs their order: set"
                                + " global_routes: false on the ejabberd_service listener"
                        : "stanzas for this domain come on the link of another, which costs their order");
    }

    /**
     * Offers an IQ that came on another link: ejabberd spreads what is addressed to one domain over the links of all
     * domains of a listener ({@code global_routes}), the answers to pings included. Any thread.
     *
     * @param unknown called on the event loop when it answers no ping of this link
     */
    public void offerPingAnswer(XmlElement iq, Runnable unknown) {
        onLoop(
                () -> {
                    if (session == null || !session.answersPing(iq)) {
                        unknown.run();
                    }
                },
                ignored -> {});
    }

    private void submit(WireStanza stanza, @Nullable Consumer<Outcome> confirmed, Consumer<Outcome> refused) {
        if (!stanza.fromDomain().equals(link.domain())) {
            throw new IllegalArgumentException(stanza + " on the link of " + link.domain());
        }
        int octets = stanza.length();
        if (octets > link.limits().stanzaBytes()) {
            onLoop(() -> refused.accept(Outcome.TOO_LARGE), refused);
        } else if (stalled || octetsUnderWay.addAndGet(octets) > link.limits().bufferBytes()) {
            if (!stalled) {
                octetsUnderWay.addAndGet(-octets);
            }
            onLoop(() -> refused.accept(Outcome.LINK_FULL), refused);
        } else {
            onLoop(() -> write(stanza, confirmed, refused), refused);
        }
    }

    private void onLoop(Runnable task, Consumer<Outcome> refused) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException shutDown) {
            refused.accept(Outcome.LINK_DOWN);
        }
    }

    private void write(WireStanza stanza, @Nullable Consumer<Outcome> confirmed, Consumer<Outcome> refused) {
        StreamSession current = session;
        if (current == null || !current.isUp() || !current.write(stanza, confirmed)) {
            octetsUnderWay.addAndGet(-stanza.length());
            refused.accept(Outcome.LINK_DOWN);
        }
    }

    /**
     * Closes in order: what was written is confirmed if the server answers within the grace, then the stream ends. Any
     * thread.
     *
     * @return completed when the channel is closed
     */
    public CompletionStage<Void> close() {
        onLoop(this::closeHere, loopHasEnded -> closed.complete(null));
        return closed;
    }

    private void closeHere() {
        if (retryTimer != null) {
            retryTimer.cancel(false);
        }
        if (session != null) {
            state = State.CLOSING;
            session.close();
        } else if (state == State.CONNECTING) {
            state = State.CLOSING;
        } else if (state != State.CLOSING) {
            state = State.CLOSED;
            closed.complete(null);
        }
    }

    private void connect() {
        assert loop.inEventLoop();
        state = State.CONNECTING;
        connector.connect(this::newSession, this::connected, why -> ended(why, Duration.ZERO));
    }

    private ChannelHandler newSession() {
        return new StreamSession(link, new SessionOwner());
    }

    private void connected(Channel channel) {
        session = channel.pipeline().get(StreamSession.class);
        if (session == null) {
            // Ended before this listener ran; its owner has reported it.
            return;
        }
        if (state == State.CLOSING) {
            session.close();
        }
    }

    private void ended(LinkDown why, Duration upFor) {
        session = null;
        stalled = false;
        if (state == State.CLOSING) {
            state = State.CLOSED;
            listener.onDown(link, why, Duration.ZERO);
            closed.complete(null);
            return;
        }
        state = State.WAITING;
        Duration wait = retry.next(why, upFor);
        retryTimer = loop.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
        listener.onDown(link, why, wait);
    }

    /** The session's reports, all on the event loop. */
    private final class SessionOwner implements StreamSession.Owner {

        @Override
        public void up(StreamSession which) {
            if (state == State.CONNECTING) {
                state = State.UP;
            }
            upSince = System.nanoTime();
            listener.onUp(link);
        }

        @Override
        public void element(StreamSession which, XmlElement element) {
            inbound.onElement(link.domain(), element);
        }

        @Override
        public void skipped(StreamSession which, @Nullable XmlElement envelope, String rule) {
            inbound.onSkipped(link.domain(), envelope, rule);
        }

        @Override
        public void settled(int octets) {
            octetsUnderWay.addAndGet(-octets);
        }

        @Override
        public void stalled(boolean now) {
            stalled = now;
        }

        @Override
        public void oddity(String words) {
            listener.onOddity(link, words);
        }

        @Override
        public void ended(StreamSession which, LinkDown why) {
            Duration upFor = why.wasUp() ? Duration.ofNanos(System.nanoTime() - upSince) : Duration.ZERO;
            ComponentLink.this.ended(why, upFor);
        }
    }
}
