package org.isthmus.translation.message;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a translator towards SIP has to be told besides the message.
 *
 * @param recipient what the other side takes
 * @param now the time, for envelopes; empty where none is made
 * @param messageId a new imdn.Message-ID, at least 64 random bits (RFC 5438 §6.3); empty: receipts are not asked for
 * @param correctionMark what stands before a corrected text (XEP-0308), which SIP cannot replace
 * @param session whether it goes through an MSRP session, whose envelopes have one Subject at most (RFC 4975 §13)
 */
public record TowardsSip(
        SipRecipient recipient,
        Optional<Instant> now,
        Optional<String> messageId,
        String correctionMark,
        boolean session) {

    /** Plain text without time and receipts. */
    public static final TowardsSip PLAIN =
            new TowardsSip(SipRecipient.PLAIN, Optional.empty(), Optional.empty(), "* ", false);

    public TowardsSip {
        Objects.requireNonNull(recipient, "recipient");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(messageId, "messageId");
        Objects.requireNonNull(correctionMark, "correctionMark");
    }

    /** For a recipient, at a time, with an id for receipts. */
    public static TowardsSip of(SipRecipient recipient, Instant now, String messageId) {
        return new TowardsSip(recipient, Optional.of(now), Optional.of(messageId), PLAIN.correctionMark(), false);
    }

    /** The same through an MSRP session. */
    public TowardsSip inSession() {
        return new TowardsSip(recipient, now, messageId, correctionMark, true);
    }

    /** The same without asking for receipts. */
    public TowardsSip withoutReceipts() {
        return new TowardsSip(recipient, now, Optional.empty(), correctionMark, session);
    }

    public TowardsSip withCorrectionMark(String mark) {
        return new TowardsSip(recipient, now, messageId, mark, session);
    }
}
