package org.isthmus.msrp.session;

import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import org.isthmus.msrp.codec.MsrpIds;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.tls.PeerVerification;
import org.isthmus.msrp.transaction.MsrpConnection;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.jspecify.annotations.Nullable;

/** What a session needs of its endpoint. Any thread. */
interface SessionHost {

    CompletionStage<MsrpConnection> dial(
            MsrpUri next, Optional<InetSocketAddress> address, PeerVerification verification, boolean shared);

    /** The session is over. */
    void forget(MsrpSession session);

    MsrpIds ids();

    MsrpTimers timers();

    /** Where sessions live that have no connection. */
    EventExecutor controlLoop();

    /** Why a connection did not come about, in the words of a session. */
    static SessionEnd endOf(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        String words = cause == null ? "unknown" : String.valueOf(cause.getMessage());
        boolean tls = cause instanceof SSLException || words.startsWith("TLS");
        return new SessionEnd(tls ? SessionEnd.Kind.TLS : SessionEnd.Kind.NOT_CONNECTED, words);
    }
}
