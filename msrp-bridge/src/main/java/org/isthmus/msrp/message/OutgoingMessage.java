package org.isthmus.msrp.message;

import java.util.concurrent.CompletionStage;

/** A message that is being sent. Any thread. */
public interface OutgoingMessage {

    String messageId();

    /** Completes, never exceptionally, on the connection's loop. */
    CompletionStage<SendOutcome> outcome();

    /** Gives the message up: its source is cancelled and the peer is told by {@code #}. */
    void abort(String words);

    /** Octets handed to the system so far. */
    long sent();

    /** Octets that the next hop has acknowledged so far. */
    long confirmed();
}
