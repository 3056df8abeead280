package org.isthmus.msrp.message;

/**
 * What became of a message that was sent.
 *
 * @param status the response code that decided it, or 0
 * @param words for an operator: the peer's comment or our own; never a part of the message
 * @param sent octets handed to the system
 * @param confirmed octets that the next hop has acknowledged
 */
public record SendOutcome(Kind kind, int status, String words, long sent, long confirmed) {

    public enum Kind {
        /** The peer confirmed the whole message by REPORT. */
        DELIVERED,
        /** Every chunk was acknowledged; a success REPORT was not asked for, or did not come. */
        ACCEPTED,
        /** Everything was sent; the request wanted no acknowledgements. */
        SENT,
        /** The peer, or a relay, said no; see the status. */
        REFUSED,
        /** No response in time: it probably failed (RFC 4975 §7.1.1). */
        TIMED_OUT,
        /** We gave it up. */
        ABORTED,
        /** Its source failed, or had more or fewer octets than announced. */
        SOURCE_FAILED,
        /** The session or its connection ended first: it may or may not have arrived. */
        SESSION_ENDED,
        /** Not sent: the peer does not take this type or size. */
        NOT_ALLOWED
    }

    /** Whether the message got as far as the request asked to know. */
    public boolean isSuccess() {
        return kind == Kind.DELIVERED || kind == Kind.ACCEPTED || kind == Kind.SENT;
    }
}
