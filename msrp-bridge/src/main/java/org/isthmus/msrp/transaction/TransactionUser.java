package org.isthmus.msrp.transaction;

import org.isthmus.msrp.frame.MsrpRequest;

/** A session as the connection sees it. All methods run on the connection's loop. */
public interface TransactionUser {

    /**
     * A SEND with a body has begun. The user answers it by {@link IncomingSend#respond} at any time, at the latest soon
     * after its end.
     *
     * @return takes the body
     */
    BodyReceiver onSend(IncomingSend send);

    /** A SEND without a body came in and was answered: the peer is alive. */
    void onBodilessSend(MsrpRequest head);

    /** A REPORT, which is never answered (RFC 4975 §7.1.2). */
    void onReport(MsrpRequest report);

    /** A SEND without a body in the name of the session, to see whether the peer is alive. */
    MsrpRequest bodilessSend(String transactionId);

    /** The connection has ended, and the session with it (RFC 4975 §5.4). */
    void onConnectionEnd(ConnectionEnd end);
}
