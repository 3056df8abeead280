package org.isthmus.component.conversation;

import org.isthmus.translation.message.SipMessage;

/** Receives the requests of SIP partners, on the receiving thread: resolves nothing, translates nothing, enqueues. */
public interface SipInbound {

    /**
     * A MESSAGE outside a dialog. Retransmissions and merged requests were answered before.
     *
     * @param partner name of the configured partner that the source address belongs to
     * @param transaction what a retransmission after a restart is known by
     * @param trace correlation id, in every log line about this request
     */
    void onMessage(SipMessage message, String partner, SipTransaction transaction, String trace, SipAnswer answer);
}
