package org.isthmus.it.xmpp;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.Ids;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.XmppEdge;
import org.isthmus.component.xmpp.service.Contacts;
import org.isthmus.component.xmpp.service.GatewayServices;
import org.isthmus.component.xmpp.service.PresenceNotCarried;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.PendingIqs;
import org.isthmus.component.xmpp.stanza.PendingIqs.Reply;
import org.isthmus.component.xmpp.stanza.StanzaDispatcher;
import org.isthmus.component.xmpp.stream.AddressLookup;
import org.isthmus.component.xmpp.stream.LinkLimits;
import org.isthmus.component.xmpp.stream.LinkSettings;
import org.isthmus.component.xmpp.stream.ServerKind;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.xmpp.XmppServer;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.Mapped;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/** The gateway's XMPP edge as a component of its own, whose every localpart is a contact. */
final class Component implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final BlockingQueue<MessageStanza> arrived = new LinkedBlockingQueue<>();
    final Map<Outcome, AtomicInteger> outcomes = new ConcurrentHashMap<>();
    final AtomicInteger settled = new AtomicInteger();
    final String domain;
    private final XmppEdge edge;
    private final PendingIqs questions;

    private Component(LinkSettings link) {
        domain = link.domain();
        EventLog log = new EventLog();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Refusals refusals = new Refusals(log, meters);
        Ids ids = new Ids();
        edge = new XmppEdge(
                List.of(link), AddressLookup.on(Runnable::run), Optional.empty(), new Random(), log, meters);
        questions = new PendingIqs(ids, edge, edge.timers());
        GatewayServices services = new GatewayServices(
                new GatewayServices.About("SIP gateway", "Isthmus", "test", "urn:isthmus:test"),
                new EverybodyIsAContact(),
                device -> List.of(),
                () -> Duration.ZERO,
                List.of());
        edge.start(
                new StanzaDispatcher(
                        (stanza, trace) -> arrived.add(stanza),
                        new PresenceNotCarried(edge, refusals),
                        services.responders(),
                        questions,
                        edge,
                        edge.timers(),
                        ids,
                        refusals,
                        log),
                questions);
    }

    private record EverybodyIsAContact() implements Contacts {
        @Override
        public Mapped<SipUri> uriOf(JID contact) {
            return Mapped.ok(SipUri.of(contact.getNode(), "campus.test"));
        }

        @Override
        public Mapped<JID> jidOf(SipUri sipUser) {
            return Mapped.ok(Jids.of(sipUser.user().orElse("nobody"), "sip.test", null));
        }

        @Override
        public Optional<String> sipDomainOf(String component) {
            return Optional.of("campus.test");
        }
    }

    /** Begins to connect, and reconnects within two seconds at most. */
    static Component start(Bed bed, XmppServer server, String domain, String secret) {
        return bed.own(new Component(settings(server, domain, secret)));
    }

    static LinkSettings settings(XmppServer server, String domain, String secret) {
        LinkLimits usual = LinkLimits.DEFAULT;
        return LinkSettings.of(domain, "127.0.0.1", server.componentPort(), kind(server), () -> secret)
                .with(new LinkLimits(
                        usual.stanzaBytes(),
                        usual.bufferBytes(),
                        usual.connectTimeout(),
                        usual.handshakeTimeout(),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(20),
                        usual.writeStall(),
                        usual.closeGrace(),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(2),
                        usual.retryConfiguration(),
                        usual.stableAfter()));
    }

    private static ServerKind kind(XmppServer server) {
        return ServerKind.valueOf(
                Brand.valueOf(server.software().toUpperCase(Locale.ROOT)).name());
    }

    boolean up() {
        return edge.allUp();
    }

    void send(String from, String to, String body) {
        edge.send(
                MessageStanza.builder(Jids.parse(from + "@" + domain), Jids.parse(to))
                        .type(MessageStanza.Type.CHAT)
                        .id("m" + System.nanoTime())
                        .body(LangText.of(body))
                        .build(),
                outcome -> {
                    outcomes.computeIfAbsent(outcome, first -> new AtomicInteger())
                            .incrementAndGet();
                    settled.incrementAndGet();
                });
    }

    int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, new AtomicInteger()).get();
    }

    /** The next message that came. */
    MessageStanza awaitMessage() {
        return poll(arrived);
    }

    /** Asks somebody and waits for the reply. */
    Reply ask(String to, XmlElement payload) {
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        questions.ask(Jids.parse("asker@" + domain), Jids.parse(to), Verb.GET, payload, PATIENCE, replies::add);
        return poll(replies);
    }

    private <T> T poll(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came to " + domain);
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        edge.close().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
