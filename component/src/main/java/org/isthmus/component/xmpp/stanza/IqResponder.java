package org.isthmus.component.xmpp.stanza;

/** Answers one kind of IQ. Called on a link's thread: looks things up elsewhere, answers from any thread. */
@FunctionalInterface
public interface IqResponder {

    /** Answers exactly once, now or later. What this throws is answered as an internal error. */
    void answer(IqRequest request, IqAnswer answer);
}
