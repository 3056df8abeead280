package org.isthmus.msrp.session;

/**
 * Why a session ended.
 *
 * @param words for an operator; no session-ids, no bodies
 */
public record SessionEnd(Kind kind, String words) {

    public enum Kind {
        /** We closed it. */
        CLOSED,
        /** No connection could be made, or none came, in time. */
        NOT_CONNECTED,
        /** The TLS handshake failed, or the peer is not who it should be. */
        TLS,
        /** The connection ended; a new session may be made by new signalling (RFC 4975 §5.4). */
        CONNECTION_LOST,
        /** The peer says that there is no such session, or that it is bound elsewhere (481, 506). */
        REJECTED,
        /** The peer reported that octets did not arrive (RFC 4975 §7.3.2). */
        FAILED
    }
}
