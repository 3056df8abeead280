package org.isthmus.translation.composing;

/** RFC 7573 §6, Table 3. */
public final class IsComposingToChatState {

    private IsComposingToChatState() {}

    /** The chat state: composing, or active as the table wants it. */
    public static ChatState translate(IsComposing.State state) {
        return translate(state, ChatState.ACTIVE);
    }

    /**
     * The chat state.
     *
     * @param idle what idle becomes: active (RFC 7573), or paused, which XEP-0085 §5.6 prefers where no text goes along
     */
    public static ChatState translate(IsComposing.State state, ChatState idle) {
        return switch (state) {
            case ACTIVE -> ChatState.COMPOSING;
            case IDLE -> idle;
        };
    }
}
