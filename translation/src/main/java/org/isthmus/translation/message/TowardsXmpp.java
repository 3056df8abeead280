package org.isthmus.translation.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.composing.ChatState;

/**
 * What a translator towards XMPP has to be told besides the message.
 *
 * @param id the stanza's id, unique and not guessable
 * @param type normal (RFC 7572 §5), or chat where a conversation is one already
 * @param now the time; empty: a Date is not looked at
 * @param receipts whether a request for a delivery notification becomes one for a receipt (XEP-0184)
 * @param markers whether a request for a display notification becomes one for a marker (XEP-0333)
 * @param chatStates whether a text carries {@code active}, once the client knows chat states (XEP-0085 §5.1)
 * @param idle what an idle sender becomes: active (RFC 7573 §6) or paused
 */
public record TowardsXmpp(
        String id,
        MessageStanza.Type type,
        Optional<Instant> now,
        boolean receipts,
        boolean markers,
        boolean chatStates,
        ChatState idle) {

    public TowardsXmpp {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(idle, "idle");
    }

    /** The usual terms: receipts, no markers, no chat states on texts. */
    public static TowardsXmpp of(String id, MessageStanza.Type type, Instant now) {
        return new TowardsXmpp(id, type, Optional.of(now), true, false, false, ChatState.ACTIVE);
    }

    public TowardsXmpp withMarkers() {
        return new TowardsXmpp(id, type, now, receipts, true, chatStates, idle);
    }

    public TowardsXmpp withoutReceipts() {
        return new TowardsXmpp(id, type, now, false, false, chatStates, idle);
    }

    public TowardsXmpp withChatStates() {
        return new TowardsXmpp(id, type, now, receipts, markers, true, idle);
    }
}
