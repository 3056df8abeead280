package org.isthmus.component.xmpp.stream;

import java.time.Duration;

/** Hears what becomes of a link, on the link's thread: counts, logs, returns. */
public interface LinkListener {

    /** The handshake succeeded. */
    default void onUp(LinkSettings link) {}

    /**
     * The link or the attempt at it ended.
     *
     * @param retryIn wait before the next attempt; zero when there will be none
     */
    default void onDown(LinkSettings link, LinkDown why, Duration retryIn) {}

    /**
     * Something happened that no peer was told.
     *
     * @param words what, for an operator; never content
     */
    default void onOddity(LinkSettings link, String words) {}
}
