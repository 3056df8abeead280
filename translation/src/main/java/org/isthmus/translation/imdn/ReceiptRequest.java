package org.isthmus.translation.imdn;

import java.util.List;
import java.util.Optional;
import org.isthmus.translation.xml.XmlElement;

/**
 * What the XMPP sender of a message wants to be told about it.
 *
 * @param delivered that it arrived (XEP-0184 {@code request})
 * @param displayed that it was shown (XEP-0333 {@code markable})
 */
public record ReceiptRequest(boolean delivered, boolean displayed) {

    /** Nothing. */
    public static final ReceiptRequest NONE = new ReceiptRequest(false, false);

    /**
     * The request in a message.
     *
     * @param id the stanza's id; without one nothing can be told about it (XEP-0184 §7)
     */
    public static ReceiptRequest of(List<XmlElement> payloads, Optional<String> id) {
        if (id.isEmpty() || !Receipt.of(payloads).isEmpty()) {
            return NONE; // never a receipt for a receipt (XEP-0184 §5.4)
        }
        return new ReceiptRequest(
                payloads.stream().anyMatch(payload -> payload.is(Receipt.RECEIPTS, "request")),
                payloads.stream().anyMatch(payload -> payload.is(Receipt.MARKERS, "markable")));
    }

    /** Whether nothing is wanted. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** {@code request}. */
    public static XmlElement deliveryElement() {
        return XmlElement.empty(Receipt.RECEIPTS, "request");
    }

    /** {@code markable}. */
    public static XmlElement displayElement() {
        return XmlElement.empty(Receipt.MARKERS, "markable");
    }
}
