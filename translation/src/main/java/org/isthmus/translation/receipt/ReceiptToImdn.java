package org.isthmus.translation.receipt;

import java.time.Instant;
import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.cpim.CpimAddress;
import org.isthmus.translation.cpim.CpimHead;
import org.isthmus.translation.cpim.CpimHeader;
import org.isthmus.translation.cpim.CpimMessage;
import org.isthmus.translation.cpim.CpimWriter;
import org.isthmus.translation.imdn.Disposition;
import org.isthmus.translation.imdn.Imdn;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.imdn.ImdnRequest.Wanted;
import org.isthmus.translation.imdn.ImdnStatus;
import org.isthmus.translation.imdn.Receipt;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;

/**
 * What became of a SIP user's message, as a notification to her (RFC 5438 §7.2): a receipt or a marker of the XMPP user,
 * or the failure that came after her request was answered.
 *
 * <p>Who calls this keeps the request with the stanza's id, and tells of each disposition once (RFC 5438 §7.2.1).
 */
public final class ReceiptToImdn {

    private ReceiptToImdn() {}

    /**
     * A receipt.
     *
     * @param request what the SIP user asked for with the message that the receipt is about
     * @param crossing the two people
     * @param messageId a new imdn.Message-ID
     * @return refused with nothing to say when she did not ask for that
     */
    public static Translated<SipMessage> translate(
            Receipt.Kind kind, ImdnRequest request, Crossing crossing, String messageId, Instant now) {
        return switch (kind) {
            case DELIVERED ->
                tell(
                        Wanted.POSITIVE_DELIVERY,
                        Disposition.DELIVERY,
                        ImdnStatus.DELIVERED,
                        request,
                        crossing,
                        messageId,
                        now);
            case DISPLAYED ->
                tell(Wanted.DISPLAY, Disposition.DISPLAY, ImdnStatus.DISPLAYED, request, crossing, messageId, now);
        };
    }

    /** A failure after the answer (RFC 5438 §8.2), under the same terms. */
    public static Translated<SipMessage> failed(ImdnRequest request, Crossing crossing, String messageId, Instant now) {
        return tell(
                Wanted.NEGATIVE_DELIVERY, Disposition.DELIVERY, ImdnStatus.FAILED, request, crossing, messageId, now);
    }

    private static Translated<SipMessage> tell(
            Wanted wanted,
            Disposition disposition,
            ImdnStatus status,
            ImdnRequest request,
            Crossing crossing,
            String messageId,
            Instant now) {
        if (!request.wants(wanted)) {
            return Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "nobody asked for that notification");
        }
        String us = crossing.xmppUserAsUri().aor().toString();
        String to = request.to().map(CpimAddress::uri).orElse(us);
        Imdn document = new Imdn(
                request.messageId(),
                Optional.of(request.dateTime().orElse(now.toString())),
                Optional.of(to),
                Optional.of(request.originalTo().map(CpimAddress::uri).orElse(to)),
                Optional.of(disposition),
                Optional.of(status));
        CpimHead.Builder head = CpimHead.builder().from(CpimAddress.of(us)).to(request.from());
        head.header(CpimHeader.of(ImdnRequest.MESSAGE_ID, messageId));
        head.dateTime(now);
        request.route()
                .forEach(hop -> CpimAddress.parse(hop)
                        .ifPresent(address -> head.header(address.header(ImdnRequest.IMDN_ROUTE))));
        head.mime("Content-Disposition", "notification");
        head.mime("Content-Type", Imdn.MEDIA_TYPE);
        byte[] envelope = CpimWriter.write(new CpimMessage(head.build(), document.write()));
        return Translated.ok(
                SipMessage.builder(crossing.xmppUserAsUri(), crossing.sipUser(), new SipBody("message/cpim", envelope))
                        .build());
    }
}
