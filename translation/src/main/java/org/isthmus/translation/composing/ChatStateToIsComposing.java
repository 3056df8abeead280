package org.isthmus.translation.composing;

import java.util.Optional;

/** RFC 7573 §6, Table 4. */
public final class ChatStateToIsComposing {

    private ChatStateToIsComposing() {}

    /** The state of the document; empty for {@code gone}, which ends the session instead (RFC 7573 §6.1). */
    public static Optional<IsComposing.State> translate(ChatState state) {
        return switch (state) {
            case COMPOSING -> Optional.of(IsComposing.State.ACTIVE);
            case ACTIVE, INACTIVE, PAUSED -> Optional.of(IsComposing.State.IDLE);
            case GONE -> Optional.empty();
        };
    }
}
