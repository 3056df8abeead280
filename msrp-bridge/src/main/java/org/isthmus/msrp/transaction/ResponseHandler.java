package org.isthmus.msrp.transaction;

import org.isthmus.msrp.frame.MsrpResponse;

/** Hears, once, what became of a request. On the connection's loop. */
public interface ResponseHandler {

    void onResponse(MsrpResponse response);

    /** No response within the time limit: the request probably failed (RFC 4975 §7.1.1). */
    void onTimeout();

    /** The connection ended before the response. */
    void onConnectionEnd(ConnectionEnd end);
}
