package org.isthmus.component.sip.wire;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.framing.RawHead;
import org.isthmus.component.sip.framing.Reply;

/**
 * A request that came in, with the way back.
 *
 * @param partner name of the partner that the source address belongs to
 * @param head its head as it was on the wire
 * @param request the same, parsed; JAIN-SIP's objects are mutable and stay on the receiving thread
 * @param body its body; not to be changed
 * @param source the address it came from
 * @param sourcePort the port it came from
 * @param transport what it came by
 * @param way how to answer
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one owner to the next, never compared
public record Arrival(
        String partner,
        RawHead head,
        SIPRequest request,
        byte[] body,
        InetAddress source,
        int sourcePort,
        SipTransport transport,
        Way way) {

    /** The way back to the sender of a request: its TCP connection, or its UDP address. */
    public interface Way {

        /** Sends the response, on a {@code sip-out} thread; returns at once. Any thread. */
        void answer(Reply reply, RawHead request);
    }

    /** Answers this request; returns at once. Any thread. */
    public void answer(Reply reply) {
        way.answer(reply, head);
    }
}
