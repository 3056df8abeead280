package org.isthmus.translation.receipt;

import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.imdn.Disposition;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnStatus;
import org.isthmus.translation.imdn.Receipt;
import org.isthmus.translation.imdn.ReceiptRequest;
import org.isthmus.translation.message.MessageStanza;

/**
 * A SIP user's notification as what an XMPP client shows (RFC 5438, XEP-0184, XEP-0333): delivered becomes a receipt,
 * displayed a marker, a failed delivery the error of the message. All others say nothing that XMPP has words for.
 */
public final class ImdnToMessage {

    private ImdnToMessage() {}

    /**
     * Translates a notification.
     *
     * @param original the message that it is about, found by its imdn.Message-ID: addresses, id, type and what its sender
     *     asked for; its texts are not looked at
     * @param id the new stanza's id
     * @return refused with nothing to say when the sender did not ask for that
     */
    public static Translated<MessageStanza> translate(Imdn imdn, MessageStanza original, String id) {
        ReceiptRequest wanted = ReceiptRequest.of(original.payloads(), original.id());
        if (original.id().isEmpty()) {
            return Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "the message had no id");
        }
        if (imdn.says(Disposition.DELIVERY, ImdnStatus.FAILED)) {
            return Translated.ok(original.toError(StanzaError.of(
                    StanzaCondition.RECIPIENT_UNAVAILABLE,
                    "The message was not delivered to the recipient's device.")));
        }
        boolean delivered = imdn.says(Disposition.DELIVERY, ImdnStatus.DELIVERED) && wanted.delivered();
        boolean displayed = imdn.says(Disposition.DISPLAY, ImdnStatus.DISPLAYED) && wanted.displayed();
        if (!delivered && !displayed) {
            return Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "the notification has no counterpart");
        }
        Receipt receipt = new Receipt(
                delivered ? Receipt.Kind.DELIVERED : Receipt.Kind.DISPLAYED,
                original.id().get());
        return Translated.ok(MessageStanza.builder(original.to(), original.from())
                .id(id)
                .type(original.type())
                .payload(receipt.element())
                .build());
    }
}
