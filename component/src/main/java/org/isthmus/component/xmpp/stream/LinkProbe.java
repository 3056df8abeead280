package org.isthmus.component.xmpp.stream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isthmus.component.xmpp.stanza.Envelope;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * Attaches to a server once and leaves, to say whether a link would work.
 *
 * <p>While a gateway is running with the same domain, Prosody and Openfire answer with a conflict, which proves host and
 * secret. ejabberd lets the probe in and gives it stanzas in that moment; they are answered with an error that asks to send
 * them again.
 */
public final class LinkProbe {

    /**
     * What was found.
     *
     * @param attached whether the handshake succeeded
     * @param words for an operator: how long it took, or what has to change
     * @param down why it failed; empty when attached
     */
    public record Result(boolean attached, String words, Optional<LinkDown> down) {}

    private LinkProbe() {}

    /**
     * Connects, proves the secret, disconnects. Blocks the caller, with threads of its own.
     *
     * @param tls used when the settings say so
     * @param timeout for all of it
     */
    public static Result connect(
            LinkSettings link, AddressLookup addresses, Optional<SslContext> tls, Duration timeout) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("xmpp-probe", true), NioIoHandler.newFactory());
        try {
            Attempt attempt = new Attempt(link);
            new Connector(link, loops.next(), addresses, tls)
                    .connect(() -> new StreamSession(link, attempt), attempt::connected, attempt::failed);
            return attempt.result.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return failed(
                    ServerAdvice.explain(link, LinkDown.Cause.NO_HANDSHAKE, Optional.empty(), false, Optional.empty()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(ServerAdvice.explain(link, LinkDown.Cause.CLOSED, Optional.empty(), false, Optional.empty()));
        } catch (ExecutionException defect) {
            throw new IllegalStateException(defect.getCause());
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
        }
    }

    private static Result failed(LinkDown why) {
        return new Result(false, why.words(), Optional.of(why));
    }

    /** Confined to the probe's event loop; the result is read by the caller. */
    private static final class Attempt implements StreamSession.Owner {

        private final LinkSettings link;
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private final long begun = System.nanoTime();
        private @Nullable Result attached;

        Attempt(LinkSettings link) {
            this.link = link;
        }

        void connected(Channel channel) {
            // The session speaks first.
        }

        void failed(LinkDown why) {
            result.complete(LinkProbe.failed(why));
        }

        @Override
        public void up(StreamSession session) {
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            attached = new Result(true, link.domain() + " attached in " + ms + " ms", Optional.empty());
            session.close();
        }

        @Override
        public void element(StreamSession session, XmlElement element) {
            Envelope envelope = Envelope.of(element);
            if (envelope.mayBeAnswered()
                    && Envelope.domain(envelope.to().orElse("")).equals(link.domain())) {
                session.write(
                        envelope.toError(new StanzaError(
                                StanzaCondition.RECIPIENT_UNAVAILABLE,
                                StanzaCondition.Type.WAIT,
                                Optional.of("The gateway is being checked; please send this again."),
                                Optional.empty())),
                        null);
            }
        }

        @Override
        public void skipped(StreamSession session, @Nullable XmlElement envelope, String rule) {
            if (envelope != null) {
                element(session, envelope);
            }
        }

        @Override
        public void settled(int octets) {}

        @Override
        public void stalled(boolean stalled) {}

        @Override
        public void oddity(String words) {}

        @Override
        public void ended(StreamSession session, LinkDown why) {
            result.complete(attached == null ? LinkProbe.failed(why) : attached);
        }
    }
}
