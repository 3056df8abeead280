package org.isthmus.component.sip.wire;

import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import java.net.InetAddress;
import org.isthmus.component.sip.SipTransport;

/** Takes what the points receive, on the receiving thread: fast, and throws nothing. */
public interface WireHandler {

    /** A well-formed request of a partner. */
    void onRequest(Arrival arrival, MessageChannel channel);

    /** A well-formed response from a partner's network. */
    void onResponse(SIPResponse response, MessageChannel channel);

    /**
     * Something that was refused before it became a request: malformed, oversized, or from a stranger. Counted and summed
     * by the receiver; called often under attack.
     *
     * @param words what was wrong; nothing of the message
     */
    void onRefused(Refused why, SipTransport transport, InetAddress source, String words);

    /** Why a message went no further than the wire. */
    enum Refused {
        /** The source address belongs to no partner. */
        STRANGER,
        /** Framed, but not SIP; answered 400 where it can be. */
        MALFORMED,
        /** Larger than the limit; answered 513. */
        OVERSIZED,
        /** More connections than allowed. */
        CONNECTIONS,
        /** The stream cannot be framed any more, or a half message took too long; the connection was closed. */
        BROKEN
    }
}
