package org.isthmus.msrp.session;

import org.isthmus.msrp.message.IncomingMessage;

/** What an application hears of its session. On the loop of the session's connection; must not block. */
public interface SessionHandler {

    /** The session has its connection, and the peer has answered on it or spoken first. */
    default void onConnected(MsrpSession session) {}

    /** A message begins: decide on it, now or soon. One that nobody decides on holds up its connection. */
    void onMessage(MsrpSession session, IncomingMessage message);

    /** No message went in either direction for {@link SessionConfig#idleLimit}. Called again after as long again. */
    default void onIdle(MsrpSession session) {}

    /** The session is over; nothing else is called after it. */
    default void onEnded(MsrpSession session, SessionEnd end) {}
}
