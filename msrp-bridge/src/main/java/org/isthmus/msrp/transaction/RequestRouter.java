package org.isthmus.msrp.transaction;

import org.isthmus.msrp.frame.MsrpRequest;

/** Finds the session for a request that names one that its connection does not know. On the connection's loop. */
@FunctionalInterface
public interface RequestRouter {

    /** Where the request goes. */
    sealed interface Route {

        /** To this session, which is from now on bound to the connection. */
        record To(TransactionUser user) implements Route {}

        /** Nowhere; the sender is told this code: 481 or 506 (RFC 4975 §5.4). */
        record Refused(int status) implements Route {}

        /**
         * Not known yet: the session waits for something, such as the answer of the other side with its fingerprint.
         * The connection is not read until {@link MsrpConnection#reroute}.
         */
        record Later() implements Route {}
    }

    Route route(MsrpConnection connection, MsrpRequest head);
}
