package org.isthmus.translation.payload;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.isthmus.translation.xml.XmlElement;

/** Message processing hints (XEP-0334). */
public enum ProcessingHint {
    /** Not to be kept for long. */
    NO_PERMANENT_STORE,
    /** Not to be kept at all. */
    NO_STORE,
    /** Not to be copied to other devices. */
    NO_COPY,
    /** To be kept although it has no text. */
    STORE;

    private static final String NAMESPACE = "urn:xmpp:hints";

    /** The hints of a message. */
    public static Set<ProcessingHint> of(List<XmlElement> payloads) {
        Set<ProcessingHint> hints = EnumSet.noneOf(ProcessingHint.class);
        for (ProcessingHint hint : values()) {
            if (Payloads.find(payloads, NAMESPACE, hint.wire()).isPresent()) {
                hints.add(hint);
            }
        }
        return hints;
    }

    /** The element. */
    public XmlElement element() {
        return XmlElement.empty(NAMESPACE, wire());
    }

    private String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
