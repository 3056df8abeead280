package org.isthmus.component.message;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.isthmus.component.conversation.ErrorReports;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.OpenWork;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.component.conversation.Refusal;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.Stripe;
import org.isthmus.component.conversation.Stripes;
import org.isthmus.component.conversation.WorkLedger;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.composing.ChatState;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.error.StatusToStanzaError;
import org.isthmus.translation.imdn.Receipt;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageToSip;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.message.TowardsSip;

/**
 * XMPP message to SIP MESSAGE. Each stanza ends well with a 2xx, or in exactly one stanza error with its id.
 *
 * <p>The ledger's entry is opened before the request leaves and closed when the sender's server has the report, so a
 * crash in between ends in a report, too.
 */
final class PagerToSip {

    private final Stripes stripes;
    private final TargetQueues targets;
    private final ErrorReports reports;
    private final Refusals refusals;
    private final WorkLedger ledger;
    private final SipRecipients recipients;
    private final Typing typing;
    private final Receipts receipts;
    private final Supplier<String> ids;
    private final Clock clock;
    private final MeterRegistry meters;
    private final EventLog log;

    PagerToSip(
            Stripes stripes,
            TargetQueues targets,
            ErrorReports reports,
            Refusals refusals,
            WorkLedger ledger,
            SipRecipients recipients,
            Typing typing,
            Receipts receipts,
            Supplier<String> ids,
            Clock clock,
            MeterRegistry meters,
            EventLog log) {
        this.stripes = stripes;
        this.targets = targets;
        this.reports = reports;
        this.refusals = refusals;
        this.ledger = ledger;
        this.recipients = recipients;
        this.typing = typing;
        this.receipts = receipts;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
        this.log = log;
    }

    /** On the stripe of the pair. */
    void send(Crossing crossing, MessageStanza stanza, String trace) {
        Stripe stripe = stripes.of(OwnerKey.Pair.of(crossing));
        assert stripe.inStripe();
        List<Receipt> told = Receipt.of(stanza.payloads());
        told.forEach(receipt -> receipts.fromXmpp(crossing, receipt));
        if (stanza.bodies().isEmpty()) {
            Optional<ChatState> state = ChatState.of(stanza.payloads());
            if (state.isPresent()) {
                typing.fromXmpp(crossing, stanza, state.get());
                return;
            }
            if (!told.isEmpty()) {
                return;
            }
        }
        String messageId = ids.get();
        TowardsSip terms = TowardsSip.of(recipients.of(crossing.sipAor()), clock.instant(), messageId);
        translate(stanza, crossing, terms, stripe, trace).ifPresent(message -> {
            typing.wordsFromXmpp(crossing);
            receipts.askedByXmpp(messageId, crossing, stanza);
            OpenWork entry = ledger.open(
                    OpenWork.Direction.XMPP_TO_SIP,
                    stanza.from().toString(),
                    stanza.to().toString(),
                    stanza.id().orElse(""),
                    stanza.lang().orElse(""));
            send(crossing, stanza, message, entry, stripe, trace);
        });
    }

    /** The request; empty after a refusal was reported, or when there was nothing to say. */
    private Optional<SipMessage> translate(
            MessageStanza stanza, Crossing crossing, TowardsSip terms, Stripe stripe, String trace) {
        return MessageToSip.translate(stanza, crossing, terms).fold(Optional::of, (reason, detail) -> {
            if (reason == TranslationRefusal.NOTHING_TO_SAY || reason == TranslationRefusal.IS_AN_ERROR) {
                count("nothing-to-say");
            } else {
                StanzaError error = refusals.toXmpp(Refusal.of(reason), stanza.lang(), trace, detail);
                count("refused");
                reports.send(stanza.toError(error), stripe, () -> {});
            }
            return Optional.empty();
        });
    }

    private void send(
            Crossing crossing, MessageStanza stanza, SipMessage message, OpenWork entry, Stripe stripe, String trace) {
        targets.send(
                message,
                crossing.partner(),
                outcome -> stripe.control(() -> {
                    if (!sentAgainInPlainText(crossing, stanza, message, outcome, entry, stripe, trace)) {
                        finish(stanza, outcome, entry, stripe, trace);
                    }
                }));
    }

    /** An agent that refuses a form of the words gets them once more as plain text, and only that for a day. */
    private boolean sentAgainInPlainText(
            Crossing crossing,
            MessageStanza stanza,
            SipMessage message,
            SipSender.Outcome outcome,
            OpenWork entry,
            Stripe stripe,
            String trace) {
        if (!(outcome instanceof SipSender.Outcome.Response response)
                || response.status() != 415
                || !recipients.refused(crossing.sipAor(), message.body().contentType())) {
            return false;
        }
        Optional<SipMessage> plain = MessageToSip.translate(stanza, crossing, TowardsSip.PLAIN)
                .fold(Optional::of, (reason, detail) -> Optional.empty());
        plain.ifPresent(again -> send(crossing, stanza, again, entry, stripe, trace));
        return plain.isPresent();
    }

    private void finish(MessageStanza stanza, SipSender.Outcome outcome, OpenWork entry, Stripe stripe, String trace) {
        Optional<StanzaError> failure = failure(outcome, stanza.lang(), trace);
        if (failure.isEmpty()) {
            count("delivered");
            ledger.close(entry);
            return;
        }
        count("failed");
        reports.send(stanza.toError(failure.get()), stripe, () -> ledger.close(entry));
    }

    private Optional<StanzaError> failure(SipSender.Outcome outcome, Optional<String> lang, String trace) {
        if (outcome instanceof SipSender.Outcome.Response response) {
            if (response.status() < 300) {
                return Optional.empty();
            }
            log.problem(
                    "sip-refused",
                    "" + response.status(),
                    "direction",
                    "to-sip",
                    "status",
                    response.status(),
                    "trace",
                    trace);
            // A redirection's address is in SIP's terms; as a reason without an address it still says what happened.
            return StatusToStanzaError.translate(response.status(), response.reason(), Optional.empty());
        }
        if (outcome instanceof SipSender.Outcome.TimedOut) {
            return Optional.of(refusals.toXmpp(Refusal.SIP_TIMED_OUT, lang, trace, ""));
        }
        if (outcome instanceof SipSender.Outcome.Unreachable unreachable) {
            log.problem("sip-unreachable", unreachable.words(), "why", unreachable.words(), "trace", trace);
            return Optional.of(refusals.toXmpp(Refusal.SIP_UNREACHABLE, lang, trace, ""));
        }
        if (outcome instanceof SipSender.Outcome.TooLarge) {
            return Optional.of(refusals.toXmpp(Refusal.TOO_LARGE, lang, trace, ""));
        }
        return Optional.of(refusals.toXmpp(Refusal.SIP_BUSY, lang, trace, ""));
    }

    private void count(String outcome) {
        meters.counter("isthmus.messages", "direction", "xmpp-to-sip", "outcome", outcome)
                .increment();
    }
}
