package org.isthmus.msrp.transaction;

import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpStatus;

/** A SEND that came in and its one response. On the connection's loop. */
public final class IncomingSend {

    private final MsrpConnection connection;
    private final MsrpRequest head;
    private boolean answered;

    IncomingSend(MsrpConnection connection, MsrpRequest head) {
        this.connection = connection;
        this.head = head;
    }

    public MsrpRequest head() {
        return head;
    }

    /**
     * Answers as far as the sender's Failure-Report allows it (RFC 4975 §7.1.4); a second call does nothing.
     *
     * @return whether a response was written
     */
    public boolean respond(int status) {
        if (answered) {
            return false;
        }
        answered = true;
        if (!head.headers().effectiveFailureReport().allowsResponse(status)) {
            return false;
        }
        connection.respond(head, status, MsrpStatus.comment(status));
        return true;
    }

    /** Whether {@link #respond} was called, be it without effect. */
    public boolean isAnswered() {
        return answered;
    }
}
