package org.isthmus.bytestream.iq;

import java.util.Optional;
import org.dom4j.Element;

/**
 * Answers one stanza that came in. Exactly one of the methods is called, once, from any thread and possibly late: a withheld
 * result is how an in-band stream slows its peer down. A stanza that is no IQ has no result to send; its carrier ignores
 * {@link #result} and sends an error as a message of type error.
 */
public interface Reply {

    void result(Optional<Element> payload);

    void error(IqError error);

    /** A result without content. */
    default void result() {
        result(Optional.empty());
    }
}
