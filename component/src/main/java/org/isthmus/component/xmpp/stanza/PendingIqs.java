package org.isthmus.component.xmpp.stanza;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.error.StanzaErrorXml;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;
import org.xmpp.packet.JID;

/**
 * IQs that the gateway asks, until they are answered. An answer must have the id and come from who was asked to who asked
 * (RFC 6120 §8.1.3): an id alone could be guessed, or be another component's. Any thread.
 */
public final class PendingIqs {

    /** What became of a question. */
    public sealed interface Reply {

        /**
         * The result.
         *
         * @param payload its child, when there is one
         */
        record Result(Optional<XmlElement> payload) implements Reply {}

        /** The error. */
        record Failed(StanzaError error) implements Reply {}

        /** No answer in time. */
        record TimedOut() implements Reply {}

        /** Not asked, or the link was lost before the answer. */
        record NoLink() implements Reply {}
    }

    /** One question. Whoever takes it out of the table gives the reply. */
    private static final class Pending {
        private final JID from;
        private final JID to;
        private final Consumer<Reply> reply;
        private volatile @Nullable Future<?> timeout;

        Pending(JID from, JID to, Consumer<Reply> reply) {
            this.from = from;
            this.to = to;
            this.reply = reply;
        }
    }

    private final Supplier<String> ids;
    private final StanzaOut out;
    private final ScheduledExecutorService timers;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();

    /** @param ids unpredictable; Openfire keeps the ids of all components in one table */
    public PendingIqs(Supplier<String> ids, StanzaOut out, ScheduledExecutorService timers) {
        this.ids = ids;
        this.out = out;
        this.timers = timers;
    }

    /**
     * Asks.
     *
     * @param reply called exactly once, on any thread
     */
    public void ask(
            JID from, JID to, IqResponders.Verb verb, XmlElement payload, Duration patience, Consumer<Reply> reply) {
        String id = ids.get();
        Pending question = new Pending(from, to, reply);
        pending.put(id, question);
        question.timeout = timers.schedule(
                () -> settle(id, question, new Reply.TimedOut()), patience.toMillis(), TimeUnit.MILLISECONDS);
        out.send(
                WireStanza.of(XmlElement.builder(Stanzas.NAMESPACE, "iq")
                        .attribute("type", verb == IqResponders.Verb.GET ? "get" : "set")
                        .attribute("from", from.toString())
                        .attribute("to", to.toString())
                        .attribute("id", id)
                        .child(payload)
                        .build()),
                (Outcome refused) -> settle(id, question, new Reply.NoLink()));
    }

    /**
     * Takes a result or an error.
     *
     * @return false when it answers nothing that was asked
     */
    boolean answered(XmlElement iq, JID from, JID to) {
        String id = iq.attribute("id").orElse("");
        Pending question = pending.get(id);
        if (question == null || !question.to.equals(from) || !question.from.equals(to)) {
            return false;
        }
        settle(id, question, reply(iq));
        return true;
    }

    /** The link of this domain ended: its questions will not be answered any more. */
    public void linkLost(String domain) {
        pending.forEach((id, question) -> {
            if (question.from.getDomain().equals(domain)) {
                settle(id, question, new Reply.NoLink());
            }
        });
    }

    /** How many questions are open. */
    public int size() {
        return pending.size();
    }

    private static Reply reply(XmlElement iq) {
        if (Envelope.of(iq).hasType("error")) {
            return new Reply.Failed(StanzaErrorXml.read(iq.child(Stanzas.NAMESPACE, "error")
                    .orElseGet(() -> XmlElement.empty(Stanzas.NAMESPACE, "error"))));
        }
        return new Reply.Result(iq.elements().stream().findFirst());
    }

    private void settle(String id, Pending question, Reply reply) {
        if (pending.remove(id, question)) {
            Future<?> timeout = question.timeout;
            if (timeout != null) {
                timeout.cancel(false);
            }
            question.reply.accept(reply);
        }
    }
}
