package org.isthmus.bytestream.iq;

import java.util.function.Consumer;

/** Port to the XMPP network. May be called from any thread; never blocks. */
@FunctionalInterface
public interface IqExchange {

    /**
     * Sends a request, in the order of the calls for one pair of addresses, and matches its answer by id and by sender.
     *
     * @param answer called exactly once, on any thread, never inside this call's own stack; the library posts it to the
     *     stream's owner
     */
    void request(IqRequest request, Consumer<IqAnswer> answer);
}
