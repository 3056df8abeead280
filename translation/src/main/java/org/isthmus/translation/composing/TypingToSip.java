package org.isthmus.translation.composing;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What an XMPP user's typing says to a SIP user, as a value: the sender's state machine of RFC 3994 §3.2, without its
 * timers. Whoever owns the conversation keeps the newest value, sends what a step says, and calls {@link #onTimer} at
 * {@link #refreshAt}.
 *
 * <p>An XMPP client says once that its user types, so the document is repeated here until the client says something else;
 * not more than one a refresh interval, and never idle before a text, which says it itself.
 *
 * @param lastActive when active was last sent; empty: idle
 * @param since when the user began to type
 */
public record TypingToSip(Optional<Instant> lastActive, Optional<Instant> since) {

    /** Nobody types. */
    public static final TypingToSip IDLE = new TypingToSip(Optional.empty(), Optional.empty());

    /** The refresh interval sent; RFC 3994 §3.2 wants at least 60 s. */
    public static final Duration REFRESH = Duration.ofMinutes(2);

    /** How long before its end an interval is renewed. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    /** How long a client is believed that never says that typing ended. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /**
     * The next value and what to send.
     *
     * @param next to be kept
     * @param send a document, if one is due
     */
    public record Step(TypingToSip next, Optional<IsComposing> send) {}

    public TypingToSip {
        Objects.requireNonNull(lastActive, "lastActive");
        Objects.requireNonNull(since, "since");
    }

    /** The user's client sent a chat state without a text. */
    public Step on(ChatState state, Instant now) {
        Optional<IsComposing.State> said = ChatStateToIsComposing.translate(state);
        if (said.isEmpty()) {
            return new Step(IDLE, Optional.empty());
        }
        if (said.get() == IsComposing.State.IDLE) {
            return new Step(IDLE, lastActive.map(time -> IsComposing.idle()));
        }
        boolean due = refreshAt().map(time -> !now.isBefore(time)).orElse(true);
        return due ? active(now) : new Step(this, Optional.empty());
    }

    /** A text was sent, which tells the receiver that typing ended (RFC 3994 §3.3). */
    public TypingToSip onText() {
        return IDLE;
    }

    /** When {@link #onTimer} is to be called; empty when nothing has to be repeated. */
    public Optional<Instant> refreshAt() {
        return lastActive.map(time -> time.plus(REFRESH).minus(MARGIN));
    }

    /** The time of {@link #refreshAt} has come. */
    public Step onTimer(Instant now) {
        if (refreshAt().filter(time -> !now.isBefore(time)).isEmpty()) {
            return new Step(this, Optional.empty());
        }
        boolean believed =
                since.filter(time -> now.isBefore(time.plus(LONGEST))).isPresent();
        return believed ? active(now) : new Step(IDLE, Optional.of(IsComposing.idle()));
    }

    private Step active(Instant now) {
        return new Step(
                new TypingToSip(Optional.of(now), since.or(() -> Optional.of(now))),
                Optional.of(IsComposing.active(REFRESH)));
    }
}
