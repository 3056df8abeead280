package org.isthmus.translation.message;

import java.util.List;
import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.cpim.CpimAddress;
import org.isthmus.translation.cpim.CpimHead;
import org.isthmus.translation.cpim.CpimHeader;
import org.isthmus.translation.cpim.CpimMessage;
import org.isthmus.translation.cpim.CpimWriter;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.imdn.ReceiptRequest;
import org.isthmus.translation.payload.Delay;
import org.isthmus.translation.payload.Nickname;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.LanguageTag;

/** Puts bodies into message/cpim where the recipient takes nothing else or a receipt is asked for (RFC 3922, RFC 4975 §13). */
final class Envelopes {

    static final String TYPE = "message/cpim";

    private Envelopes() {}

    /** The body as it is to be sent. */
    static SipBody wrapIfNeeded(SipBody body, MessageStanza stanza, Crossing crossing, TowardsSip terms) {
        ReceiptRequest wanted = ReceiptRequest.of(stanza.payloads(), stanza.id());
        boolean words = body.contentType().startsWith("text/");
        boolean ask = words
                && !wanted.isEmpty()
                && terms.messageId().isPresent()
                && terms.recipient().takesReceiptRequests();
        if (!ask && !terms.recipient().needsEnvelope(body.contentType())) {
            return body;
        }
        CpimHead.Builder head = addressed(crossing, Nickname.of(stanza.payloads()));
        Delay.of(stanza.payloads()).map(Delay::stamp).or(terms::now).ifPresent(head::dateTime);
        if (words) {
            subjects(stanza, terms).forEach(head::header);
        }
        if (ask) {
            terms.messageId().ifPresent(id -> request(head, id, wanted));
        }
        return write(head, body);
    }

    /** A head with both addresses, the resources left out (RFC 3922 §4.1). */
    static CpimHead.Builder addressed(Crossing crossing, Optional<String> name) {
        SipUri from = crossing.xmppUserAsUri().aor();
        return CpimHead.builder()
                .from(new CpimAddress(name, from.toString()))
                .to(CpimAddress.of(crossing.sipUser().aor().toString()));
    }

    static SipBody write(CpimHead.Builder head, SipBody content) {
        // RFC 3922 §4.1 prints this spelling, and some agents compare it.
        String type = content.contentType().equals(SipBody.text("").contentType())
                ? "text/plain; charset=utf-8"
                : content.contentType();
        CpimHead built = head.mime("Content-Type", type).build();
        return new SipBody(TYPE, CpimWriter.write(new CpimMessage(built, content.octets())));
    }

    private static void request(CpimHead.Builder head, String messageId, ReceiptRequest wanted) {
        head.header(CpimHeader.of(ImdnRequest.MESSAGE_ID, messageId));
        StringBuilder values = new StringBuilder();
        if (wanted.delivered()) {
            values.append("positive-delivery, negative-delivery");
        }
        if (wanted.displayed()) {
            values.append(values.isEmpty() ? "" : ", ").append("display");
        }
        head.header(CpimHeader.of(ImdnRequest.DISPOSITION_NOTIFICATION, values.toString()));
    }

    private static List<CpimHeader> subjects(MessageStanza stanza, TowardsSip terms) {
        List<LangText> subjects = terms.session()
                ? LangText.choose(stanza.subjects(), stanza.lang()).stream().toList()
                : stanza.subjects();
        return subjects.stream()
                .map(subject -> CpimHeader.subject(
                        subject.lang().flatMap(LanguageTag::of), HeaderText.clean(subject.text(), 200)))
                .filter(subject -> !subject.raw().isEmpty())
                .toList();
    }
}
