package org.isthmus.component.message;

import java.util.Optional;
import org.isthmus.component.conversation.Stripe;
import org.isthmus.translation.composing.ChatStateSupport;
import org.isthmus.translation.composing.TypingToSip;
import org.isthmus.translation.composing.TypingToXmpp;
import org.isthmus.translation.message.MessageStanza;

/** What is remembered of two people who write to each other. Touched on the stripe of their pair alone. */
final class PairState {

    /** The type of the XMPP user's last message: what comes from SIP gets the same (RFC 7572 §5 says normal). */
    MessageStanza.Type lastType = MessageStanza.Type.NORMAL;

    /** Whether the XMPP user's client wants chat states. */
    ChatStateSupport chatStates = ChatStateSupport.UNKNOWN;

    /** The XMPP user's typing, as the SIP user knows it. */
    TypingToSip typingToSip = TypingToSip.IDLE;

    /** The SIP user's typing, as the XMPP user knows it. */
    TypingToXmpp typingToXmpp = TypingToXmpp.IDLE;

    /** Ends or repeats the typing above; one a direction. */
    Optional<Stripe.Timer> toSipTimer = Optional.empty();

    Optional<Stripe.Timer> toXmppTimer = Optional.empty();
}
