package org.isthmus.translation.message;

import java.util.Objects;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.cpim.CpimName;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.sdp.AcceptTypes;

/**
 * What a SIP user's agents take, as far as it is known: from {@code a=accept-types} of a session, from Accept, from what
 * was refused before, or from the configuration.
 *
 * @param types what may be sent as it is
 * @param wrapped what may be sent inside message/cpim
 */
public record SipRecipient(AcceptTypes types, AcceptTypes wrapped) {

    private static final String ENVELOPE = "message/cpim";

    /** Plain text only: what every agent takes (RFC 3428 §7), and all that may be assumed. */
    public static final SipRecipient PLAIN = new SipRecipient(AcceptTypes.of("text/plain"), AcceptTypes.of());

    public SipRecipient {
        Objects.requireNonNull(types, "types");
        Objects.requireNonNull(wrapped, "wrapped");
    }

    /** Whether a body of that type can be sent at all, in an envelope or without. */
    public boolean takes(String type) {
        return types.accepts(type) || (takesEnvelope() && (wrapped.accepts(type) || wrapped.isEmpty()));
    }

    /** Whether that type can only be sent in an envelope. */
    boolean needsEnvelope(String type) {
        return !types.accepts(type) && takesEnvelope();
    }

    boolean takesEnvelope() {
        return types.accepts(ENVELOPE);
    }

    /** Whether status documents about typing are understood. */
    public boolean takesTyping() {
        return takes(IsComposing.MEDIA_TYPE);
    }

    /** Whether requests for notifications are understood: they are headers of the envelope ({@link CpimName#IMDN}). */
    public boolean takesReceiptRequests() {
        return takesEnvelope();
    }

    /** Whether notifications are understood. */
    public boolean takesReceipts() {
        return takesEnvelope() && takes(Imdn.MEDIA_TYPE);
    }
}
