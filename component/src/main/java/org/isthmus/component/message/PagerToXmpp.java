package org.isthmus.component.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.isthmus.component.conversation.EventLog;
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
import org.isthmus.component.conversation.Texts;
import org.isthmus.component.conversation.WorkLedger;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.error.RefusedRequest;
import org.isthmus.translation.error.SipStatus;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.error.StanzaErrorToStatus;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipContent;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.message.SipToMessage;
import org.isthmus.translation.message.TowardsXmpp;
import org.jspecify.annotations.Nullable;

/**
 * SIP MESSAGE to XMPP message.
 *
 * <p><b>The receipt.</b> 202 leaves when the XMPP server has consumed the stanza, not when it was written. If the server
 * refuses the message before that, the refusal is the answer. If it does so later, as servers do that first ask another
 * server, the sender gets a MESSAGE that says so: the answer is spent by then, and a 202 alone would be a lie.
 *
 * <p>Such a report is itself never reported about, so two gateways cannot keep each other busy.
 */
final class PagerToXmpp {

    /** How long an XMPP server may take to refuse a message: s2s time-outs are minutes. */
    private static final Duration BOUNCE_WINDOW = Duration.ofMinutes(10);

    private static final int MAX_REMEMBERED = 100_000;

    /** A message that was written. Touched on the stripe of its pair alone. */
    private static final class Sent {
        private final Crossing crossing;
        private final SipMessage message;
        private @Nullable SipAnswer owed;
        private @Nullable OpenWork entry;
        private boolean bounced;

        private Sent(Crossing crossing, SipMessage message, SipAnswer owed) {
            this.crossing = crossing;
            // The body is not needed any more, and ten minutes of bodies would be a lot of memory.
            this.message = SipMessage.builder(message.from(), message.to(), SipBody.text(""))
                    .build();
            this.owed = owed;
        }
    }

    private final Cache<String, Sent> sent = Caffeine.newBuilder()
            .expireAfterWrite(BOUNCE_WINDOW)
            .maximumSize(MAX_REMEMBERED)
            .build();

    private final Stripes stripes;
    private final StanzaSink sink;
    private final TargetQueues targets;
    private final Refusals refusals;
    private final WorkLedger ledger;
    private final SipRecipients recipients;
    private final PairStates pairs;
    private final Typing typing;
    private final Receipts receipts;
    private final Clock clock;
    private final Supplier<String> ids;
    private final MeterRegistry meters;
    private final EventLog log;

    PagerToXmpp(
            Stripes stripes,
            StanzaSink sink,
            TargetQueues targets,
            Refusals refusals,
            WorkLedger ledger,
            SipRecipients recipients,
            PairStates pairs,
            Typing typing,
            Receipts receipts,
            Clock clock,
            Supplier<String> ids,
            MeterRegistry meters,
            EventLog log) {
        this.stripes = stripes;
        this.sink = sink;
        this.targets = targets;
        this.refusals = refusals;
        this.ledger = ledger;
        this.recipients = recipients;
        this.pairs = pairs;
        this.typing = typing;
        this.receipts = receipts;
        this.clock = clock;
        this.ids = ids;
        this.meters = meters;
        this.log = log;
    }

    /** On the stripe of the pair. */
    void send(Crossing crossing, SipMessage message, SipTransaction transaction, String trace, SipAnswer answer) {
        Stripe stripe = stripes.of(OwnerKey.Pair.of(crossing));
        assert stripe.inStripe();
        recipients.sent(crossing.sipAor(), message.body().contentType());
        SipToMessage.read(message)
                .fold(
                        content -> {
                            send(crossing, message, content, transaction, trace, answer, stripe);
                            return null;
                        },
                        (reason, detail) -> {
                            refuse(message, reason, detail, trace, answer);
                            return null;
                        });
    }

    private void send(
            Crossing crossing,
            SipMessage message,
            SipContent content,
            SipTransaction transaction,
            String trace,
            SipAnswer answer,
            Stripe stripe) {
        if (content instanceof SipContent.Typing document) {
            typing.fromSip(crossing, document.document());
            answer.respond(SipAnswer.Final.of(200, "OK"));
            return;
        }
        if (content instanceof SipContent.Notifications told) {
            told.notifications().forEach(notification -> receipts.fromSip(crossing, notification));
            answer.respond(SipAnswer.Final.of(200, "OK"));
            return;
        }
        PairState pair = pairs.of(crossing);
        String id = ids.get();
        TowardsXmpp terms = TowardsXmpp.of(id, pair.lastType, clock.instant());
        SipToMessage.translate(message, crossing, pair.chatStates.onTexts() ? terms.withChatStates() : terms)
                .fold(
                        stanza -> {
                            typing.wordsFromSip(crossing);
                            pair.chatStates = pair.chatStates.onAsked();
                            if (content instanceof SipContent.Words words) {
                                words.receipt().ifPresent(wanted -> receipts.askedBySip(id, crossing, wanted));
                            }
                            send(crossing, message, stanza, id, transaction, trace, answer, stripe);
                            return null;
                        },
                        (reason, detail) -> {
                            refuse(message, reason, detail, trace, answer);
                            return null;
                        });
    }

    private void refuse(SipMessage message, TranslationRefusal reason, String detail, String trace, SipAnswer answer) {
        switch (reason) {
            case NOTHING_TO_SAY, IS_AN_ERROR -> answer.respond(SipAnswer.Final.of(202, "Accepted"));
            default -> answer.respond(refusals.toSip(Refusal.of(reason), message.contentLanguage(), trace, detail));
        }
        count("refused");
    }

    private void send(
            Crossing crossing,
            SipMessage message,
            MessageStanza stanza,
            String id,
            SipTransaction transaction,
            String trace,
            SipAnswer answer,
            Stripe stripe) {
        Sent entry = new Sent(crossing, message, answer);
        entry.entry = ledger.open(
                OpenWork.Direction.SIP_TO_XMPP,
                message.from().aor().toString(),
                message.to().aor().toString(),
                transaction.toString(),
                message.contentLanguage().orElse(""));
        sent.put(id, entry);
        sink.send(stanza, outcome -> stripe.control(() -> written(entry, outcome, trace)));
    }

    private void written(Sent one, StanzaSink.Outcome outcome, String trace) {
        Optional<String> lang = one.message.contentLanguage();
        switch (outcome) {
            case CONSUMED -> answer(one, SipAnswer.Final.of(202, "Accepted"), "delivered");
            case LOST -> answer(one, refusals.toSip(Refusal.LINK_LOST, lang, trace, ""), "failed");
            case LINK_DOWN -> answer(one, refusals.toSip(Refusal.LINK_DOWN, lang, trace, ""), "failed");
            case LINK_FULL -> answer(one, refusals.toSip(Refusal.LINK_FULL, lang, trace, ""), "failed");
            case TOO_LARGE -> answer(one, refusals.toSip(Refusal.TOO_LARGE, lang, trace, ""), "failed");
        }
    }

    private void answer(Sent one, SipAnswer.Final response, String outcome) {
        SipAnswer owed = one.owed;
        if (owed == null) {
            return; // the server's refusal was the answer already
        }
        one.owed = null;
        owed.respond(response);
        if (one.entry != null) {
            ledger.close(one.entry);
            one.entry = null;
        }
        count(outcome);
    }

    /** The XMPP side refused a message. On the stripe of the pair. */
    void bounce(Crossing crossing, MessageStanza error, String trace) {
        Sent one = error.id().map(sent::getIfPresent).orElse(null);
        if (one == null || !OwnerKey.Pair.of(one.crossing).equals(OwnerKey.Pair.of(crossing))) {
            log.problem("bounce-ignored", "unknown", "trace", trace, "reason", "no such message");
            return;
        }
        if (one.bounced) {
            return; // one report a message, however many devices refuse it
        }
        one.bounced = true;
        StanzaError reason = error.error().orElse(StanzaError.of(StanzaCondition.UNDEFINED_CONDITION, ""));
        if (one.owed != null) {
            SipStatus status = StanzaErrorToStatus.translate(
                    reason, RefusedRequest.nonInvite(error.from().getResource() != null));
            answer(one, SipAnswer.Final.of(status.code(), status.reason()), "failed");
            return;
        }
        count("bounced");
        if (error.id().filter(receipts::failedAfterAnswer).isPresent()) {
            return;
        }
        String words = reason.text()
                .filter(text -> !text.isBlank())
                .orElse(reason.condition().wire());
        SipMessage report = SipMessage.builder(
                        one.crossing.xmppUserAsUri(),
                        one.crossing.sipUser(),
                        SipBody.text(Texts.of(
                                "failure-report",
                                error.lang(),
                                one.crossing.xmppUserAsUri().aor().toString(),
                                words)))
                .build();
        targets.send(report, one.crossing.partner(), outcome -> {
            if (!(outcome instanceof SipSender.Outcome.Response response) || response.status() >= 300) {
                log.problem(
                        "report-lost", "to-sip", "to", one.crossing.sipUser().aor(), "trace", trace);
            }
        });
    }

    private void count(String outcome) {
        meters.counter("isthmus.messages", "direction", "sip-to-xmpp", "outcome", outcome)
                .increment();
    }
}
