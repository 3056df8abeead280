package org.isthmus.translation.error;

import java.util.Objects;

/** Failures that no response tells of: the gateway itself could not send, or nobody answered. */
public enum SendFailure {
    /** No final response before Timer B or F: the local counterpart of 408 (RFC 7247 Table 3 note 5). */
    NO_ANSWER(StanzaCondition.REMOTE_SERVER_TIMEOUT),
    /** The domain's name cannot be resolved. */
    UNRESOLVABLE(StanzaCondition.REMOTE_SERVER_NOT_FOUND),
    /** The server's certificate is not that of the domain; nothing was sent (RFC 5922 §7.3). */
    WRONG_CERTIFICATE(StanzaCondition.REMOTE_SERVER_NOT_FOUND),
    /** No connection to any address of the next hop. */
    UNREACHABLE(StanzaCondition.REMOTE_SERVER_TIMEOUT),
    /** Queue or rate limit of the gateway. */
    BUSY(StanzaCondition.RESOURCE_CONSTRAINT),
    /** Larger than a MESSAGE may be (RFC 3428 §8, RFC 7572 §6). */
    TOO_LARGE(StanzaCondition.POLICY_VIOLATION);

    private final StanzaCondition condition;

    SendFailure(StanzaCondition condition) {
        this.condition = condition;
    }

    /** The condition of the stanza error that tells of it. */
    public StanzaCondition condition() {
        return condition;
    }

    /** The stanza error that tells of it, with words for a person. */
    public StanzaError toStanzaError(String words) {
        return StanzaError.of(condition, Objects.requireNonNull(words, "words"));
    }
}
