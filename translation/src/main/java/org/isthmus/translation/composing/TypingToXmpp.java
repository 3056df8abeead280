package org.isthmus.translation.composing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a SIP user's typing says to an XMPP user, as a value: the receiver's state machine of RFC 3994 §3.3, without its
 * timer. Never the same state twice in a row without a text between (XEP-0085 §5.3).
 *
 * @param until when an active sender counts as idle; empty: idle already
 */
public record TypingToXmpp(Optional<Instant> until) {

    /** Nobody types. */
    public static final TypingToXmpp IDLE = new TypingToXmpp(Optional.empty());

    /** How long active holds when the document does not say (RFC 3994 §3.3). */
    public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(2);

    /** How long active holds at most, whatever the document says. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

    /**
     * The next value and what to send.
     *
     * @param next to be kept
     * @param send a chat state without a text, if one is due
     */
    public record Step(TypingToXmpp next, Optional<ChatState> send) {}

    public TypingToXmpp {
        Objects.requireNonNull(until, "until");
    }

    /**
     * A document arrived.
     *
     * @param idle what idle becomes, see {@link IsComposingToChatState}
     */
    public Step on(IsComposing document, Instant now, ChatState idle) {
        if (document.state() == IsComposing.State.IDLE) {
            return new Step(IDLE, until.map(time -> idle));
        }
        Duration wanted = document.refresh().orElse(DEFAULT_REFRESH);
        Duration held = wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
        return new Step(
                new TypingToXmpp(Optional.of(now.plus(held))),
                until.isPresent() ? Optional.empty() : Optional.of(ChatState.COMPOSING));
    }

    /** A text arrived, which itself says that typing ended. */
    public TypingToXmpp onText() {
        return IDLE;
    }

    /** The time of {@link #until} may have come. */
    public Step onTimer(Instant now, ChatState idle) {
        return until.filter(time -> !now.isBefore(time)).isPresent()
                ? new Step(IDLE, Optional.of(idle))
                : new Step(this, Optional.empty());
    }
}
