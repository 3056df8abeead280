package org.isthmus.component.xmpp.stanza;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.Refusal;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.StanzaInbound;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.message.MessageXml;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;
import org.xmpp.packet.JID;

/**
 * Brings what a link reads to who is responsible, and answers what nobody can be responsible for: addresses that are none,
 * types that do not exist, IQs that nobody knows. Nothing that comes in here can end a link. Called on the links' threads;
 * keeps no state.
 */
public final class StanzaDispatcher {

    private final StanzaInbound messages;
    private final PresencePort presences;
    private final IqResponders responders;
    private final PendingIqs pending;
    private final StanzaOut out;
    private final ScheduledExecutorService timers;
    private final Supplier<String> traces;
    private final Refusals refusals;
    private final EventLog log;

    /** @param timers for answers that come too late */
    public StanzaDispatcher(
            StanzaInbound messages,
            PresencePort presences,
            IqResponders responders,
            PendingIqs pending,
            StanzaOut out,
            ScheduledExecutorService timers,
            Supplier<String> traces,
            Refusals refusals,
            EventLog log) {
        this.messages = messages;
        this.presences = presences;
        this.responders = responders;
        this.pending = pending;
        this.out = out;
        this.timers = timers;
        this.traces = traces;
        this.refusals = refusals;
        this.log = log;
    }

    /** Takes a first-level element. Throws nothing. */
    public void dispatch(XmlElement element) {
        Envelope envelope = Envelope.of(element);
        if (!envelope.isStanza()) {
            log.problem("xmpp-ignored", envelope.name(), "element", envelope.name());
            return;
        }
        String trace = traces.get();
        try {
            JID from = jid(envelope.from());
            JID to = jid(envelope.to());
            switch (envelope.name()) {
                case "message" -> messages.onMessage(MessageXml.read(element, from, to), trace);
                case "presence" -> presence(element, envelope, from, to, trace);
                default -> iq(element, envelope, from, to, trace);
            }
        } catch (JidSyntaxException malformed) {
            answer(
                    envelope,
                    refusals.toXmpp(
                            Refusal.ADDRESS_MALFORMED, element.lang(), trace, String.valueOf(malformed.getMessage())));
        } catch (RuntimeException defect) {
            log.defect("stanza " + envelope.name(), defect);
            answer(envelope, refusals.toXmpp(Refusal.DEFECT, element.lang(), trace, ""));
        }
    }

    /**
     * Takes what is left of a stanza that was over a limit.
     *
     * @param envelope its name and attributes; null when even these were too long
     * @param rule the limit, in words
     */
    public void dispatchSkipped(@Nullable XmlElement envelope, String rule) {
        if (envelope == null) {
            log.problem("xmpp-skipped", rule, "rule", rule);
        } else {
            answer(Envelope.of(envelope), refusals.toXmpp(Refusal.TOO_LARGE, envelope.lang(), traces.get(), rule));
        }
    }

    private void presence(XmlElement presence, Envelope envelope, JID from, JID to, String trace) {
        if (envelope.type().isPresent()
                && !PRESENCE_TYPES.contains(envelope.type().get())) {
            answer(envelope, StanzaError.of(StanzaCondition.BAD_REQUEST));
        } else {
            presences.onPresence(presence, from, to, trace);
        }
    }

    /** RFC 6121 §4.7.1. */
    private static final List<String> PRESENCE_TYPES =
            List.of("error", "probe", "subscribe", "subscribed", "unavailable", "unsubscribe", "unsubscribed");

    private void iq(XmlElement iq, Envelope envelope, JID from, JID to, String trace) {
        switch (envelope.type().orElse("")) {
            case "get", "set" -> request(iq, envelope, from, to, trace);
            case "result", "error" -> {
                if (!pending.answered(iq, from, to)) {
                    log.problem("xmpp-unasked", from.getDomain(), "from", from.toBareJID(), "trace", trace);
                }
            }
            default -> answer(envelope, StanzaError.of(StanzaCondition.BAD_REQUEST));
        }
    }

    private void request(XmlElement iq, Envelope envelope, JID from, JID to, String trace) {
        List<XmlElement> children = iq.elements();
        if (envelope.id().isEmpty() || children.size() != 1) {
            answer(envelope, StanzaError.of(StanzaCondition.BAD_REQUEST));
            return;
        }
        IqRequest request = new IqRequest(
                from, to, envelope.id().get(), envelope.hasType("set"), children.get(0), iq.lang(), trace);
        Optional<IqResponders.Row> row = responders.find(request.payload().name());
        Optional<StanzaCondition> refusal = row.isEmpty()
                ? Optional.of(StanzaCondition.SERVICE_UNAVAILABLE)
                : IqResponders.refusal(row.get(), request);
        if (row.isEmpty() || refusal.isPresent()) {
            answer(envelope, StanzaError.of(refusal.orElse(StanzaCondition.SERVICE_UNAVAILABLE)));
            return;
        }
        ask(row.get(), request, new IqAnswer(envelope, stanza -> out.send(stanza, ignored -> {}), log::defect), iq);
    }

    private void ask(IqResponders.Row row, IqRequest request, IqAnswer answer, XmlElement iq) {
        try {
            row.responder().answer(request, answer);
        } catch (RuntimeException defect) {
            log.defect("iq " + row.payload().namespace(), defect);
            answer.late(refusals.toXmpp(Refusal.DEFECT, iq.lang(), request.trace(), ""));
        }
        if (!answer.given()) {
            answer.timer(timers.schedule(
                    () -> answer.late(StanzaError.of(StanzaCondition.REMOTE_SERVER_TIMEOUT)),
                    row.patience().toMillis(),
                    TimeUnit.MILLISECONDS));
        }
    }

    private void answer(Envelope envelope, StanzaError error) {
        if (envelope.mayBeAnswered()) {
            out.send(envelope.toError(error), ignored -> {});
        } else {
            log.problem("xmpp-unanswerable", envelope.name(), "stanza", envelope.name());
        }
    }

    private static JID jid(Optional<String> address) {
        return Jids.parse(address.orElseThrow(() -> new JidSyntaxException("a stanza without from or to")));
    }
}
