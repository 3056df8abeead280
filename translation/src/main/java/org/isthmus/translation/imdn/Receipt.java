package org.isthmus.translation.imdn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/**
 * That a message arrived (XEP-0184) or was shown (XEP-0333).
 *
 * @param kind which of the two
 * @param id the stanza id of that message
 */
public record Receipt(Kind kind, String id) {

    /** The two things an XMPP client can tell about a message. */
    public enum Kind {
        DELIVERED,
        DISPLAYED
    }

    static final String RECEIPTS = "urn:xmpp:receipts";
    static final String MARKERS = "urn:xmpp:chat-markers:0";

    public Receipt {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }

    /**
     * The receipts in a message; one that does not say for which message is none (XEP-0184 §7).
     *
     * <p>{@code received} and {@code acknowledged} of older drafts of XEP-0333 are tolerated.
     */
    public static List<Receipt> of(List<XmlElement> payloads) {
        return payloads.stream()
                .flatMap(payload -> kind(payload)
                        .flatMap(kind -> payload.attribute("id")
                                .filter(id -> !id.isEmpty())
                                .map(id -> new Receipt(kind, id)))
                        .stream())
                .distinct()
                .toList();
    }

    /** The element. */
    public XmlElement element() {
        boolean delivered = kind == Kind.DELIVERED;
        return XmlElement.builder(delivered ? RECEIPTS : MARKERS, delivered ? "received" : "displayed")
                .attribute("id", id)
                .build();
    }

    private static Optional<Kind> kind(XmlElement payload) {
        if (payload.is(RECEIPTS, "received") || payload.is(MARKERS, "received")) {
            return Optional.of(Kind.DELIVERED);
        }
        return payload.is(MARKERS, "displayed") || payload.is(MARKERS, "acknowledged")
                ? Optional.of(Kind.DISPLAYED)
                : Optional.empty();
    }
}
