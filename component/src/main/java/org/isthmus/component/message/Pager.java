package org.isthmus.component.message;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.isthmus.component.conversation.ErrorReports;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.MessageRelay;
import org.isthmus.component.conversation.OpenWork;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.component.conversation.Refusal;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.SipTransaction;
import org.isthmus.component.conversation.StanzaSink;
import org.isthmus.component.conversation.Stripe;
import org.isthmus.component.conversation.Stripes;
import org.isthmus.component.conversation.WorkLedger;
import org.isthmus.mappings.Crossing;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.composing.ChatState;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.SipMessage;
import org.xmpp.packet.JID;

/** Single messages both ways (RFC 7572), and what a process that died left unanswered. */
public final class Pager implements MessageRelay {

    /** How long a SIP sender may still retransmit a request that the process before this one received: 64*T1. */
    private static final Duration RETRANSMISSIONS = Duration.ofSeconds(32);

    private final PagerToSip toSip;
    private final PagerToXmpp toXmpp;
    private final Stripes stripes;
    private final ErrorReports reports;
    private final Refusals refusals;
    private final WorkLedger ledger;
    private final PairStates pairs;
    private final TurnGuard guard;
    private final EventLog log;
    private volatile Set<String> interrupted = Set.of();

    /**
     * @param ids unpredictable stanza ids, each unique
     * @param nanos a clock that only moves forward, in nanoseconds
     * @param clock the time of day, for envelopes and typing
     */
    public Pager(
            Stripes stripes,
            StanzaSink sink,
            SipSender sender,
            ErrorReports reports,
            Refusals refusals,
            WorkLedger ledger,
            Supplier<String> ids,
            TurnLimits turns,
            LongSupplier nanos,
            Clock clock,
            MeterRegistry meters,
            EventLog log) {
        TargetQueues targets = new TargetQueues(stripes, sender);
        this.stripes = stripes;
        this.reports = reports;
        this.refusals = refusals;
        this.ledger = ledger;
        this.pairs = new PairStates();
        this.guard = new TurnGuard(turns, nanos);
        this.log = log;
        SipRecipients recipients = new SipRecipients();
        Typing typing = new Typing(stripes, sink, targets, recipients, pairs, ids, clock);
        Receipts receipts = new Receipts(sink, targets, ids, clock);
        this.toSip = new PagerToSip(
                stripes, targets, reports, refusals, ledger, recipients, typing, receipts, ids, clock, meters, log);
        this.toXmpp = new PagerToXmpp(
                stripes, sink, targets, refusals, ledger, recipients, pairs, typing, receipts, clock, ids, meters, log);
        Gauge.builder("isthmus.targets.pending", targets, TargetQueues::targets)
                .description("SIP addresses that a MESSAGE is pending to")
                .register(meters);
    }

    /**
     * Ends what the process before this one left open, once: XMPP senders get a report as soon as their link is up; a
     * SIP sender that retransmits gets a final answer instead of a second delivery. Call before anything is received.
     *
     * @return how many entries were left over
     */
    public int endLeftOver() {
        interrupted = ledger.leftOver().stream()
                .filter(entry -> entry.direction() == OpenWork.Direction.SIP_TO_XMPP)
                .map(OpenWork::id)
                .collect(Collectors.toUnmodifiableSet());
        for (OpenWork entry : ledger.leftOver()) {
            switch (entry.direction()) {
                case XMPP_TO_SIP -> reportUnknown(entry);
                case SIP_TO_XMPP -> stripeOf(entry).after(RETRANSMISSIONS, () -> ledger.close(entry));
            }
        }
        return ledger.leftOver().size();
    }

    /** Reports everything that XMPP senders still wait for as unknown: the last act of an orderly stop. */
    public void reportUnanswered() {
        for (OpenWork entry : ledger.unanswered()) {
            if (entry.direction() == OpenWork.Direction.XMPP_TO_SIP) {
                reportUnknown(entry);
            }
        }
    }

    private void reportUnknown(OpenWork entry) {
        Optional<String> lang = entry.lang().isEmpty() ? Optional.empty() : Optional.of(entry.lang());
        JID from = Jids.parse(entry.from());
        MessageStanza.Builder waiting = MessageStanza.builder(from, Jids.parse(entry.to()));
        if (!entry.id().isEmpty()) {
            waiting.id(entry.id());
        }
        MessageStanza error =
                waiting.build().toError(refusals.toXmpp(Refusal.OUTCOME_UNKNOWN, lang, "ledger-" + entry.number(), ""));
        reports.send(error, stripeOf(entry), () -> ledger.close(entry));
    }

    /** Any stripe will do for an entry whose conversation is gone. */
    private Stripe stripeOf(OpenWork entry) {
        return stripes.of(new OwnerKey.Presentity(
                entry.direction() == OpenWork.Direction.XMPP_TO_SIP
                        ? Jids.parse(entry.from()).asBareJID()
                        : Jids.of(null, "ledger.invalid", null)));
    }

    @Override
    public void fromXmpp(Crossing crossing, MessageStanza stanza, String trace) {
        if (!stanza.bodies().isEmpty() && looping(crossing, true, trace)) {
            MessageStanza error = stanza.toError(refusals.toXmpp(Refusal.LOOP, stanza.lang(), trace, ""));
            reports.send(error, stripes.of(OwnerKey.Pair.of(crossing)), () -> {});
            return;
        }
        remember(crossing, stanza);
        toSip.send(crossing, stanza, trace);
    }

    private void remember(Crossing crossing, MessageStanza stanza) {
        PairState pair = pairs.of(crossing);
        if (!stanza.bodies().isEmpty()
                && (stanza.type() == MessageStanza.Type.CHAT || stanza.type() == MessageStanza.Type.NORMAL)) {
            pair.lastType = stanza.type();
        }
        boolean hasState = ChatState.of(stanza.payloads()).isPresent();
        if (hasState || !stanza.bodies().isEmpty()) {
            pair.chatStates = pair.chatStates.onReceived(hasState);
        }
    }

    @Override
    public void bounceFromXmpp(Crossing crossing, MessageStanza error, String trace) {
        toXmpp.bounce(crossing, error, trace);
    }

    @Override
    public void fromSip(
            Crossing crossing, SipMessage message, SipTransaction transaction, String trace, SipAnswer answer) {
        if (interrupted.contains(transaction.toString())) {
            answer.respond(refusals.toSip(Refusal.OUTCOME_UNKNOWN, message.contentLanguage(), trace, ""));
            return;
        }
        if (looping(crossing, false, trace)) {
            answer.respond(refusals.toSip(Refusal.LOOP, message.contentLanguage(), trace, ""));
            return;
        }
        toXmpp.send(crossing, message, transaction, trace, answer);
    }

    private boolean looping(Crossing crossing, boolean towardsSip, String trace) {
        OwnerKey.Pair pair = OwnerKey.Pair.of(crossing);
        TurnGuard.Verdict verdict = guard.see(pair, towardsSip);
        if (verdict == TurnGuard.Verdict.REFUSE_FIRST) {
            log.info("loop", "xmpp", pair.xmppUser(), "sip", pair.sipUser(), "trace", trace);
        }
        return verdict != TurnGuard.Verdict.PASS;
    }
}
