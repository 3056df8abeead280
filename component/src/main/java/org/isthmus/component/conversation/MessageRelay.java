package org.isthmus.component.conversation;

import org.isthmus.mappings.Crossing;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.SipMessage;

/** Carries messages between two people. Every method runs on the stripe of their pair. */
public interface MessageRelay {

    /** A message that an XMPP user wrote; never one of type error. */
    void fromXmpp(Crossing crossing, MessageStanza stanza, String trace);

    /** The XMPP side refused a message that this gateway wrote. */
    void bounceFromXmpp(Crossing crossing, MessageStanza error, String trace);

    /** A MESSAGE that a SIP user sent; the answer is owed. */
    void fromSip(Crossing crossing, SipMessage message, SipTransaction transaction, String trace, SipAnswer answer);
}
