package org.isthmus.component.xmpp.stream;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stanza.Envelope;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/** A link with short times, and what it reported, in queues that a test waits on. */
final class LinkBed implements LinkInbound, LinkListener, AutoCloseable {

    /** A retry or a grace that no test waits for. */
    static final Duration LONG = Duration.ofMinutes(5);

    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final BlockingQueue<String> elements = new LinkedBlockingQueue<>();
    final BlockingQueue<LinkDown> ends = new LinkedBlockingQueue<>();
    final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("xmpp-io", true), NioIoHandler.newFactory());
    final ComponentLink link;

    LinkBed(LinkSettings settings) {
        this(settings, AddressLookup.on(Runnable::run), Optional.empty());
    }

    LinkBed(LinkSettings settings, AddressLookup lookup, Optional<SslContext> tls) {
        link = new ComponentLink(settings, loops.next(), lookup, tls, new Random(1), this, this);
    }

    static LinkSettings settings(int port) {
        return LinkSettings.of(
                        ScriptedServer.DOMAIN, "127.0.0.1", port, ServerKind.PROSODY, () -> ScriptedServer.SECRET)
                .with(limits(256 << 10, 16 << 20, Duration.ofSeconds(5)));
    }

    /** Retries within milliseconds; pings, graces and stalls as given or long. */
    static LinkLimits limits(int stanzaBytes, long bufferBytes, Duration writeStall) {
        return new LinkLimits(
                stanzaBytes,
                bufferBytes,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                LONG,
                LONG,
                writeStall,
                Duration.ofSeconds(2),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                LONG,
                Duration.ofSeconds(60));
    }

    LinkBed started() {
        link.start();
        return this;
    }

    void send(String body) {
        link.send(message(body), outcome -> outcomes.add(body + " " + outcome + " " + thread()));
    }

    /** Messages with the bodies n0, n1, … whose outcomes are counted. */
    void sendNumbered(int from, int to) {
        for (int i = from; i < to; i++) {
            send("n" + i);
        }
    }

    static WireStanza message(String body) {
        return WireStanza.of(
                MessageStanza.builder(Jids.parse("joe@" + ScriptedServer.DOMAIN), Jids.parse("a@b.example"))
                        .body(LangText.of(body))
                        .build());
    }

    private static String thread() {
        return Thread.currentThread().getName().replaceAll("-[0-9]+-[0-9]+$", "");
    }

    void awaitUp() {
        await(events, "up");
    }

    static <T> T await(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    static void await(BlockingQueue<String> queue, String expected) {
        String next = await(queue);
        if (!next.equals(expected)) {
            throw new AssertionError("expected " + expected + ", came " + next);
        }
    }

    void awaitOutcome(String body, Outcome outcome) {
        await(outcomes, body + " " + outcome + " xmpp-io");
    }

    @Override
    public void onElement(String which, XmlElement element) {
        elements.add(element.local() + " " + Envelope.of(element).id().orElse("-"));
    }

    @Override
    public void onSkipped(String which, @Nullable XmlElement envelope, String rule) {
        elements.add("skipped " + rule);
    }

    @Override
    public void onUp(LinkSettings which) {
        events.add("up");
    }

    @Override
    public void onDown(LinkSettings which, LinkDown why, Duration retryIn) {
        ends.add(why);
        events.add("down " + why.cause() + (retryIn.isZero() ? "" : retryIn.compareTo(LONG) >= 0 ? " slow" : " soon"));
    }

    @Override
    public void onOddity(LinkSettings which, String words) {
        events.add("odd " + words);
    }

    @Override
    public void close() {
        link.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
