package org.isthmus.msrp.transaction;

/**
 * Why a connection ended.
 *
 * @param words for an operator; no addresses of sessions, no bodies
 */
public record ConnectionEnd(Kind kind, String words) {

    public enum Kind {
        /** The peer closed it. */
        PEER_CLOSED,
        /** The network failed, or the connection could not be made. */
        NETWORK,
        /** The TLS handshake failed or the peer's certificate is not the expected one. */
        TLS,
        /** The peer sent what is not MSRP. */
        MALFORMED,
        /** The peer stopped in the middle of a frame, or does not answer. */
        STALLED,
        /** Nobody uses it. */
        UNUSED,
        /** We were told to. */
        CLOSED
    }
}
