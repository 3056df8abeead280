package org.isthmus.translation.composing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/** The chat states (XEP-0085 §3). */
public enum ChatState {
    ACTIVE,
    COMPOSING,
    PAUSED,
    INACTIVE,
    GONE;

    public static final String NAMESPACE = "http://jabber.org/protocol/chatstates";

    /** The state of a message; of several, which XEP-0085 §5.6 forbids, the first. */
    public static Optional<ChatState> of(List<XmlElement> payloads) {
        return payloads.stream()
                .filter(payload -> payload.namespace().equals(NAMESPACE))
                .flatMap(payload -> named(payload.local()).stream())
                .findFirst();
    }

    /** The state of that name. */
    public static Optional<ChatState> named(String wire) {
        for (ChatState state : values()) {
            if (state.wire().equals(wire)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }

    /** The element's name. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The element. */
    public XmlElement element() {
        return XmlElement.empty(NAMESPACE, wire());
    }
}
