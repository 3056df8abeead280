package org.isthmus.component.message;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.isthmus.component.conversation.OwnerKey;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.message.MessageStanza;

/**
 * Which type a message from SIP gets: normal, as RFC 7572 §5 says, until the XMPP user has written {@code chat} in this
 * conversation; then chat, since many clients show a normal message in a window of its own. Forgotten after a day.
 */
final class MessageTypes {

    private static final Duration MEMORY = Duration.ofDays(1);

    private static final int MAX_PAIRS = 100_000;

    private final Cache<OwnerKey.Pair, MessageStanza.Type> last = Caffeine.newBuilder()
            .maximumSize(MAX_PAIRS)
            .expireAfterAccess(MEMORY)
            .build();

    /** The XMPP user wrote a message of this type. */
    void wrote(Crossing crossing, MessageStanza.Type type) {
        if (type == MessageStanza.Type.CHAT || type == MessageStanza.Type.NORMAL) {
            last.put(OwnerKey.Pair.of(crossing), type);
        }
    }

    /** The type of the next message to the XMPP user. */
    MessageStanza.Type towards(Crossing crossing) {
        MessageStanza.Type type = last.getIfPresent(OwnerKey.Pair.of(crossing));
        return type == null ? MessageStanza.Type.NORMAL : type;
    }
}
