package org.isthmus.component.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.component.conversation.StanzaSink;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.imdn.Receipt;
import org.isthmus.translation.imdn.ReceiptRequest;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.SipMessage;
import org.isthmus.translation.receipt.ImdnToMessage;
import org.isthmus.translation.receipt.ReceiptToImdn;

/**
 * That a message arrived or was read, both ways (RFC 5438, XEP-0184, XEP-0333): only ever the other person's own word, each
 * kind once, never a receipt for a receipt, and nobody is told when a receipt does not arrive.
 *
 * <p>What was asked for is remembered for an hour, bounded. Every method runs on the stripe of the pair.
 */
final class Receipts {

    private static final Duration MEMORY = Duration.ofHours(1);

    private static final int MAX_REMEMBERED = 50_000;

    /** A SIP user's request, and what has been told already. */
    private record AskedBySip(Crossing crossing, ImdnRequest request, Set<Receipt.Kind> told) {}

    /** An XMPP user's message without its words. */
    private record AskedByXmpp(Crossing crossing, MessageStanza original) {}

    /** By the id of the stanza that we wrote. */
    private final Cache<String, AskedBySip> bySip = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    /** By the imdn.Message-ID that we wrote. */
    private final Cache<String, AskedByXmpp> byXmpp = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(MEMORY)
            .build();

    private final StanzaSink sink;
    private final TargetQueues targets;
    private final Supplier<String> ids;
    private final Clock clock;

    Receipts(StanzaSink sink, TargetQueues targets, Supplier<String> ids, Clock clock) {
        this.sink = sink;
        this.targets = targets;
        this.ids = ids;
        this.clock = clock;
    }

    /** A SIP user's message was written as the stanza of this id. */
    void askedBySip(String stanzaId, Crossing crossing, ImdnRequest request) {
        bySip.put(stanzaId, new AskedBySip(crossing, request, EnumSet.noneOf(Receipt.Kind.class)));
    }

    /** An XMPP user's message was sent with this imdn.Message-ID. */
    void askedByXmpp(String messageId, Crossing crossing, MessageStanza stanza) {
        if (ReceiptRequest.of(stanza.payloads(), stanza.id()).isEmpty()) {
            return;
        }
        MessageStanza.Builder original =
                MessageStanza.builder(stanza.from(), stanza.to()).type(stanza.type());
        stanza.id().ifPresent(original::id);
        stanza.payloads().forEach(original::payload);
        byXmpp.put(messageId, new AskedByXmpp(crossing, original.build()));
    }

    /** The XMPP user's client sent a receipt or a marker. */
    void fromXmpp(Crossing crossing, Receipt receipt) {
        AskedBySip asked = bySip.getIfPresent(receipt.id());
        if (asked == null
                || !samePair(asked.crossing(), crossing)
                || !asked.told().add(receipt.kind())) {
            return;
        }
        ReceiptToImdn.translate(receipt.kind(), asked.request(), crossing, ids.get(), clock.instant())
                .fold(
                        message -> {
                            send(message, crossing);
                            return null;
                        },
                        (reason, words) -> null);
    }

    /**
     * A SIP user's message was refused by the XMPP side after its answer.
     *
     * @return whether she asked to be told in this form and was told
     */
    boolean failedAfterAnswer(String stanzaId) {
        AskedBySip asked = bySip.getIfPresent(stanzaId);
        if (asked == null) {
            return false;
        }
        return ReceiptToImdn.failed(asked.request(), asked.crossing(), ids.get(), clock.instant())
                .fold(
                        message -> {
                            send(message, asked.crossing());
                            return true;
                        },
                        (reason, words) -> false);
    }

    /** A notification from the SIP user's agent. */
    void fromSip(Crossing crossing, Imdn notification) {
        AskedByXmpp asked = byXmpp.getIfPresent(notification.messageId());
        if (asked == null || !samePair(asked.crossing(), crossing)) {
            return;
        }
        Optional<MessageStanza> stanza = ImdnToMessage.translate(notification, asked.original(), ids.get())
                .fold(Optional::of, (reason, words) -> Optional.empty());
        stanza.ifPresent(told -> sink.send(told, outcome -> {}));
    }

    private void send(SipMessage message, Crossing crossing) {
        targets.send(message, crossing.partner(), outcome -> {});
    }

    private static boolean samePair(Crossing one, Crossing other) {
        return OwnerKey.Pair.of(one).equals(OwnerKey.Pair.of(other));
    }
}
