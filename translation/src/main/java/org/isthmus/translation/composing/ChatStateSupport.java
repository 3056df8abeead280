package org.isthmus.translation.composing;

/** Whether an XMPP client wants chat states (XEP-0085 §5.1): asked once by a text with {@code active}, then as it answers. */
public enum ChatStateSupport {
    /** Nothing is known: a text carries {@code active} as the question. */
    UNKNOWN,
    /** Asked; states without a text are not sent before the answer. */
    ASKED,
    /** The client sent a state. */
    YES,
    /** The client answered with a text without a state. */
    NO;

    /** After the client's text or state. */
    public ChatStateSupport onReceived(boolean hasState) {
        if (hasState) {
            return YES;
        }
        return this == ASKED ? NO : this;
    }

    /** After a text with {@code active} went to the client. */
    public ChatStateSupport onAsked() {
        return this == UNKNOWN ? ASKED : this;
    }

    /** Whether a text shall carry {@code active}. */
    public boolean onTexts() {
        return this != NO;
    }

    /** Whether a state may be sent without a text. */
    public boolean standalone() {
        return this == YES;
    }
}
