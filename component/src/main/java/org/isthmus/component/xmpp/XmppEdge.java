package org.isthmus.component.xmpp;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.StanzaSink;
import org.isthmus.component.xmpp.stanza.Envelope;
import org.isthmus.component.xmpp.stanza.PendingIqs;
import org.isthmus.component.xmpp.stanza.StanzaDispatcher;
import org.isthmus.component.xmpp.stanza.StanzaOut;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.component.xmpp.stream.AddressLookup;
import org.isthmus.component.xmpp.stream.ComponentLink;
import org.isthmus.component.xmpp.stream.LinkDown;
import org.isthmus.component.xmpp.stream.LinkInbound;
import org.isthmus.component.xmpp.stream.LinkListener;
import org.isthmus.component.xmpp.stream.LinkSettings;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * All links of the gateway. What is sent goes by the domain it comes from; what is received goes to one dispatcher,
 * whichever link it came on.
 *
 * <p>Any thread. Between construction and {@link #start} nothing is connected and everything sent is refused as {@link
 * StanzaSink.Outcome#LINK_DOWN}.
 */
public final class XmppEdge implements StanzaSink, StanzaOut {

    private final EventLoopGroup loops;
    private final Map<String, ComponentLink> links;
    private volatile @Nullable StanzaDispatcher dispatcher;
    private volatile @Nullable PendingIqs questions;

    /**
     * Makes the links without connecting them.
     *
     * @param lookup finds the addresses of the servers
     * @param tls for links that use it
     * @param random for the jitter of reconnections
     * @throws IllegalArgumentException when two links are for one domain: a server that accepts both would spread the
     *     stanzas over them
     */
    public XmppEdge(
            List<LinkSettings> settings,
            AddressLookup lookup,
            Optional<SslContext> tls,
            RandomGenerator random,
            EventLog log,
            MeterRegistry meters) {
        requireDistinct(settings);
        int threads = Math.max(1, Math.min(settings.size(), Runtime.getRuntime().availableProcessors() / 2));
        this.loops = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory("xmpp-io", true), NioIoHandler.newFactory());
        LinkLog links = new LinkLog(log, meters);
        Map<String, ComponentLink> byDomain = new LinkedHashMap<>();
        for (LinkSettings link : settings) {
            links.watch(link);
            byDomain.put(
                    link.domain(),
                    new ComponentLink(link, loops.next(), lookup, tls, random, new Inbound(), new Listener(links)));
        }
        this.links = Collections.unmodifiableMap(byDomain);
    }

    private static void requireDistinct(List<LinkSettings> settings) {
        Set<String> domains = new HashSet<>();
        for (LinkSettings link : settings) {
            if (!domains.add(link.domain())) {
                throw new IllegalArgumentException("two links for the domain " + link.domain());
            }
        }
    }

    /** Timers on a link's thread, for what the links' own threads have to do later. */
    public ScheduledExecutorService timers() {
        return loops;
    }

    /**
     * Connects all links.
     *
     * @param toDispatch takes everything that comes in
     * @param toSettle told when a link is lost
     */
    public void start(StanzaDispatcher toDispatch, PendingIqs toSettle) {
        dispatcher = toDispatch;
        questions = toSettle;
        links.values().forEach(ComponentLink::start);
    }

    /** The links, in the order of the configuration. */
    public Collection<ComponentLink> links() {
        return links.values();
    }

    /** Whether every link is up. */
    public boolean allUp() {
        return links.values().stream().allMatch(link -> link.state() == ComponentLink.State.UP);
    }

    @Override
    public void send(MessageStanza stanza, Consumer<Outcome> outcome) {
        WireStanza wire = WireStanza.of(stanza);
        ComponentLink link = links.get(wire.fromDomain());
        if (link == null) {
            loops.execute(() -> outcome.accept(Outcome.LINK_DOWN));
        } else {
            link.send(wire, outcome);
        }
    }

    @Override
    public void send(WireStanza stanza, Consumer<Outcome> refused) {
        ComponentLink link = links.get(stanza.fromDomain());
        if (link == null) {
            loops.execute(() -> refused.accept(Outcome.LINK_DOWN));
        } else {
            link.sendUnconfirmed(stanza, refused);
        }
    }

    /**
     * Closes all links in order and then their threads.
     *
     * @return completed when the last channel is closed and the threads have ended
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the end is told through the stage returned
    public CompletionStage<Void> close() {
        CompletableFuture<?>[] closing = links.values().stream()
                .map(link -> link.close().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture.allOf(closing)
                .whenComplete((done, failed) -> loops.shutdownGracefully(0, 2, TimeUnit.SECONDS)
                        .addListener(terminated -> ended.complete(null)));
        return ended;
    }

    /** From the links to the dispatcher. */
    private final class Inbound implements LinkInbound {

        @Override
        public void onElement(String link, XmlElement element) {
            String to = element.attribute("to").orElse("");
            String domain = Envelope.domain(to);
            ComponentLink addressed = domain.equals(link) ? null : links.get(domain);
            if (addressed == null) {
                dispatch(element);
                return;
            }
            addressed.reportStray();
            if (element.local().equals("iq") && to.equals(domain)) {
                addressed.offerPingAnswer(element, () -> dispatch(element));
            } else {
                dispatch(element);
            }
        }

        private void dispatch(XmlElement element) {
            StanzaDispatcher present = dispatcher;
            if (present != null) {
                present.dispatch(element);
            }
        }

        @Override
        public void onSkipped(String link, @Nullable XmlElement envelope, String rule) {
            StanzaDispatcher present = dispatcher;
            if (present != null) {
                present.dispatchSkipped(envelope, rule);
            }
        }
    }

    /** From the links to the log, and to whoever waits for an answer on them. */
    private final class Listener implements LinkListener {

        private final LinkListener log;

        Listener(LinkListener log) {
            this.log = log;
        }

        @Override
        public void onUp(LinkSettings link) {
            log.onUp(link);
        }

        @Override
        public void onDown(LinkSettings link, LinkDown why, Duration retryIn) {
            log.onDown(link, why, retryIn);
            PendingIqs waiting = questions;
            if (waiting != null) {
                waiting.linkLost(link.domain());
            }
        }

        @Override
        public void onOddity(LinkSettings link, String words) {
            log.onOddity(link, words);
        }
    }
}
