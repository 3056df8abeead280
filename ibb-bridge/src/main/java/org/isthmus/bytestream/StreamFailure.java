package org.isthmus.bytestream;

import java.util.Objects;

/**
 * Why a stream did not open or did not end well.
 *
 * @param reason which rule
 * @param detail the rule in words, safe to log and to show: never file content, never a secret
 */
public record StreamFailure(Reason reason, String detail) {

    /** The reasons. Who has to tell whom is the caller's business. */
    public enum Reason {
        /** The stream ended before the agreed number of octets had passed. */
        TRUNCATED,
        /** More octets came than were agreed. */
        OVERRUN,
        /** All octets passed, but they are not those that were announced. */
        HASH_MISMATCH,
        /** The peer closed the stream while we were sending. */
        PEER_CLOSED,
        /** The peer went offline. */
        PEER_GONE,
        /** The peer or a proxy refused. */
        REFUSED,
        /** The peer did not answer in time. */
        UNANSWERED,
        /** A block was lost, doubled or out of order. */
        OUT_OF_SEQUENCE,
        /** Something that is not what the standard says. */
        MALFORMED,
        /** The peer sent more than fits, and its way of sending cannot be slowed down. */
        OVERFLOW,
        /** Our own reader took nothing for too long. */
        STALLED,
        /** The peer sent nothing for too long. */
        IDLE,
        /** The XMPP link was lost or did not take the stanza. */
        LINK_LOST,
        /** No stream host could be reached. */
        UNREACHABLE,
        /** A connection broke. */
        BROKEN,
        /** The agreed stream was never opened. */
        NOT_OPENED,
        /** Too many streams at once. */
        TOO_MANY,
        /** The last octet was delivered, but nobody confirmed that the whole is right. */
        UNCONFIRMED,
        /** Our own side ended it. */
        CANCELLED
    }

    public StreamFailure {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
    }

    @Override
    public String toString() {
        return reason + ": " + detail;
    }
}
