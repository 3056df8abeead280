package org.isthmus.component.xmpp.stream;

import java.util.Optional;

/**
 * Why a link, or the attempt at one, ended.
 *
 * @param cause what happened
 * @param condition the stream error condition, when there was one (RFC 6120 §4.9.3)
 * @param wasUp whether the handshake had succeeded
 * @param words for an operator; names the setting of the server that has to change, never a secret
 */
public record LinkDown(Cause cause, Optional<String> condition, boolean wasUp, String words) {

    /** What ended it. */
    public enum Cause {
        /** The host has no address. */
        UNRESOLVED,
        /** Nobody listens, or no route. */
        UNREACHABLE,
        /** TLS failed: no TLS there, or a certificate that is not trusted. */
        TLS_FAILED,
        /** The secret cannot be read or is empty. */
        NO_SECRET,
        /** The server did not finish the handshake in time. */
        NO_HANDSHAKE,
        /** The server said why, in a stream error. */
        STREAM_ERROR,
        /** The server closed after it was given the proof of the secret, without a word. */
        CLOSED_AT_SECRET,
        /** The server closed, in order or not. */
        CLOSED_BY_SERVER,
        /** Two pings in a row stayed without an answer. */
        NO_ANSWER,
        /** What came was no component stream. */
        BAD_INPUT,
        /** The connection broke. */
        BROKEN,
        /** We closed. */
        CLOSED
    }
}
