package org.isthmus.component.message;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.conversation.StanzaSink;
import org.isthmus.component.conversation.Stripe;
import org.isthmus.component.conversation.Stripes;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.composing.ChatState;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.composing.TypingToSip;
import org.isthmus.translation.composing.TypingToXmpp;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageToSip;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.message.TowardsSip;
import org.isthmus.translation.payload.ProcessingHint;

/**
 * That somebody types, both ways (RFC 3994, XEP-0085). Nobody is told when it does not arrive: typing is no message. An agent
 * that refuses it is not bothered again for a day.
 *
 * <p>Every method runs on the stripe of the pair. The two state machines are values of the translation; here are their timers.
 */
final class Typing {

    private final Stripes stripes;
    private final StanzaSink sink;
    private final TargetQueues targets;
    private final SipRecipients recipients;
    private final PairStates pairs;
    private final Supplier<String> ids;
    private final Clock clock;

    Typing(
            Stripes stripes,
            StanzaSink sink,
            TargetQueues targets,
            SipRecipients recipients,
            PairStates pairs,
            Supplier<String> ids,
            Clock clock) {
        this.stripes = stripes;
        this.sink = sink;
        this.targets = targets;
        this.recipients = recipients;
        this.pairs = pairs;
        this.ids = ids;
        this.clock = clock;
    }

    /** The XMPP user's client sent a chat state without words. */
    void fromXmpp(Crossing crossing, MessageStanza stanza, ChatState state) {
        PairState pair = pairs.of(crossing);
        apply(pair.typingToSip.on(state, clock.instant()), crossing, stanza, pair);
    }

    /** The XMPP user sent words, which end his typing. */
    void wordsFromXmpp(Crossing crossing) {
        PairState pair = pairs.of(crossing);
        pair.toSipTimer.ifPresent(Stripe.Timer::cancel);
        pair.toSipTimer = Optional.empty();
        pair.typingToSip = pair.typingToSip.onText();
    }

    /** The SIP user's agent sent a status document. */
    void fromSip(Crossing crossing, IsComposing document) {
        PairState pair = pairs.of(crossing);
        apply(pair.typingToXmpp.on(document, clock.instant(), ChatState.ACTIVE), crossing, pair);
    }

    /** The SIP user sent words, which end her typing. */
    void wordsFromSip(Crossing crossing) {
        PairState pair = pairs.of(crossing);
        pair.toXmppTimer.ifPresent(Stripe.Timer::cancel);
        pair.toXmppTimer = Optional.empty();
        pair.typingToXmpp = pair.typingToXmpp.onText();
    }

    private void apply(TypingToSip.Step step, Crossing crossing, MessageStanza stanza, PairState pair) {
        pair.typingToSip = step.next();
        pair.toSipTimer.ifPresent(Stripe.Timer::cancel);
        pair.toSipTimer = step.next()
                .refreshAt()
                .map(time -> stripe(crossing)
                        .after(
                                until(time),
                                () -> apply(pair.typingToSip.onTimer(clock.instant()), crossing, stanza, pair)));
        step.send().ifPresent(document -> toSip(document, crossing, stanza));
    }

    private void toSip(IsComposing document, Crossing crossing, MessageStanza stanza) {
        if (!recipients.of(crossing.sipAor()).takesTyping()) {
            return;
        }
        SipMessage message = MessageToSip.typing(
                stanza,
                document,
                crossing,
                TowardsSip.of(recipients.of(crossing.sipAor()), clock.instant(), ids.get())
                        .withoutReceipts());
        targets.send(message, crossing.partner(), outcome -> {
            if (outcome instanceof SipSender.Outcome.Response response && response.status() == 415) {
                recipients.refused(crossing.sipAor(), IsComposing.MEDIA_TYPE);
            }
        });
    }

    private void apply(TypingToXmpp.Step step, Crossing crossing, PairState pair) {
        pair.typingToXmpp = step.next();
        pair.toXmppTimer.ifPresent(Stripe.Timer::cancel);
        pair.toXmppTimer = step.next()
                .until()
                .map(time -> stripe(crossing)
                        .after(
                                until(time),
                                () -> apply(
                                        pair.typingToXmpp.onTimer(clock.instant(), ChatState.ACTIVE), crossing, pair)));
        step.send().filter(state -> pair.chatStates.standalone()).ifPresent(state -> toXmpp(state, crossing));
    }

    private void toXmpp(ChatState state, Crossing crossing) {
        MessageStanza stanza = MessageStanza.builder(
                        crossing.sipUserAsJid(), crossing.xmppUser().asBareJID())
                .id(ids.get())
                .type(MessageStanza.Type.CHAT)
                .payload(state.element())
                .payload(ProcessingHint.NO_STORE.element())
                .build();
        sink.send(stanza, outcome -> {});
    }

    private Stripe stripe(Crossing crossing) {
        return stripes.of(OwnerKey.Pair.of(crossing));
    }

    private Duration until(Instant time) {
        Duration left = Duration.between(clock.instant(), time);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
