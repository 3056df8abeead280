package org.isthmus.msrp.message;

import java.io.IOException;

/** Why a message that was being received will not be complete. */
public final class MessageFailure extends IOException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The sender ended it with {@code #}. */
        ABORTED_BY_SENDER,
        /** We refused it or cancelled it. */
        REFUSED,
        /** It is larger than we take, or its chunks come in an order that we cannot hold. */
        TOO_LARGE,
        /** Nothing came of it for too long. */
        STALLED,
        /** The session or its connection ended first. */
        SESSION_ENDED
    }

    private final Kind kind;

    public MessageFailure(Kind kind, String words) {
        super(words);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
