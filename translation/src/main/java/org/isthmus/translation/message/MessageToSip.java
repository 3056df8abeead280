package org.isthmus.translation.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.composing.ChatState;
import org.isthmus.translation.composing.ChatStateToIsComposing;
import org.isthmus.translation.composing.IsComposing;
import org.isthmus.translation.composing.TypingToSip;
import org.isthmus.translation.html.XhtmlIm;
import org.isthmus.translation.html.XhtmlImToHtml;
import org.isthmus.translation.payload.Carbon;
import org.isthmus.translation.payload.Correction;
import org.isthmus.translation.payload.Delay;
import org.isthmus.translation.payload.EndToEnd;
import org.isthmus.translation.payload.Nickname;
import org.isthmus.translation.payload.OobLink;
import org.isthmus.translation.payload.RoomInvitation;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.LanguageTag;
import org.isthmus.translation.xml.XmlElement;

/**
 * A {@code <message/>} as a SIP MESSAGE request (RFC 7572 §4, Table 1): body, subject to Subject, thread to Call-ID,
 * {@code xml:lang} to Content-Language, the sender's resource as {@code gr}. The id has no place in the request: whoever
 * sends it keeps it with the transaction. The type has none either.
 *
 * <p>For an MSRP session the body of the result is what is sent.
 */
public final class MessageToSip {

    /** Longest Subject sent, in octets. */
    private static final int MAX_SUBJECT_OCTETS = 200;

    private MessageToSip() {}

    /** Translates what a person wrote to plain text. */
    public static Translated<SipMessage> translate(MessageStanza stanza, Crossing crossing) {
        return translate(stanza, crossing, TowardsSip.PLAIN);
    }

    /**
     * Translates words, and a chat state without words to an isComposing document where the recipient takes one; receipts
     * are for {@link ReceiptToImdn}.
     *
     * @param crossing the mapped addresses; the sender's with the resource, the addressee's with {@code gr} when the
     *     stanza's resource names a SIP instance
     */
    public static Translated<SipMessage> translate(MessageStanza stanza, Crossing crossing, TowardsSip terms) {
        if (stanza.type() == MessageStanza.Type.ERROR) {
            return Translated.refused(TranslationRefusal.IS_AN_ERROR, "an error is not forwarded");
        }
        if (stanza.type() == MessageStanza.Type.GROUPCHAT) {
            return Translated.refused(TranslationRefusal.GROUP_CHAT, "group chat with this contact is not possible");
        }
        List<XmlElement> payloads = stanza.payloads();
        if (Carbon.isOne(payloads)) {
            return Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "a copy of another message");
        }
        List<String> bodies = stanza.bodies().stream().map(LangText::text).toList();
        if (EndToEnd.isProtected(payloads, bodies)) {
            return EndToEnd.isKeyExchange(payloads, bodies)
                    ? Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "an exchange of keys")
                    : Translated.refused(TranslationRefusal.END_TO_END_PROTECTED, "the message is encrypted or signed");
        }
        Optional<LangText> text = text(stanza);
        if (text.isPresent()) {
            return Translated.ok(words(stanza, text.get(), crossing, terms));
        }
        Optional<IsComposing> typing = ChatState.of(payloads)
                .flatMap(ChatStateToIsComposing::translate)
                .map(state -> state == IsComposing.State.ACTIVE
                        ? IsComposing.active(TypingToSip.REFRESH)
                        : IsComposing.idle());
        if (typing.isPresent() && terms.recipient().takesTyping()) {
            return Translated.ok(typing(stanza, typing.get(), crossing, terms));
        }
        boolean subject = LangText.choose(stanza.subjects(), stanza.lang()).isPresent();
        return subject
                ? Translated.refused(
                        TranslationRefusal.UNSUPPORTED_TYPE, "a subject without a text cannot be sent to this contact")
                : Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "the message has no text");
    }

    /**
     * A document about typing as a request, for {@link TypingToSip}, which says when one is due.
     *
     * @param stanza the message whose chat state it was, for its thread
     */
    public static SipMessage typing(MessageStanza stanza, IsComposing document, Crossing crossing, TowardsSip terms) {
        SipBody body = new SipBody(IsComposing.MEDIA_TYPE, document.write());
        return request(stanza, Envelopes.wrapIfNeeded(body, stanza, crossing, terms), crossing)
                .build();
    }

    /** What there is to read: the body in the stanza's language, the text of the XHTML, links, an invitation. */
    private static Optional<LangText> text(MessageStanza stanza) {
        List<XmlElement> payloads = stanza.payloads();
        Optional<LangText> body = LangText.choose(stanza.bodies(), stanza.lang());
        String words = body.map(LangText::text)
                .or(() -> XhtmlIm.of(payloads).map(XhtmlImToHtml::plainText))
                .or(() -> RoomInvitation.asText(payloads, stanza.from().toBareJID()))
                .orElse("");
        String readable = OobLink.readable(words, OobLink.of(payloads));
        return readable.isBlank()
                ? Optional.empty()
                : Optional.of(new LangText(body.flatMap(LangText::lang), readable));
    }

    private static SipMessage words(MessageStanza stanza, LangText text, Crossing crossing, TowardsSip terms) {
        SipBody content = content(stanza, text, terms);
        SipMessage.Builder request =
                request(stanza, Envelopes.wrapIfNeeded(content, stanza, crossing, terms), crossing);
        LangText.choose(stanza.subjects(), stanza.lang())
                .map(subject -> HeaderText.clean(subject.text(), MAX_SUBJECT_OCTETS))
                .filter(line -> !line.isEmpty())
                .ifPresent(request::subject);
        text.lang().or(stanza::lang).flatMap(LanguageTag::of).ifPresent(request::contentLanguage);
        Delay.of(stanza.payloads()).ifPresent(delay -> request.date(delay.stamp()));
        return request.build();
    }

    private static SipBody content(MessageStanza stanza, LangText text, TowardsSip terms) {
        boolean correction = Correction.of(stanza.payloads()).isPresent();
        Optional<XmlElement> xhtml = XhtmlIm.of(stanza.payloads());
        if (xhtml.isPresent() && !correction && terms.recipient().takes("text/html")) {
            byte[] html = XhtmlImToHtml.translate(xhtml.get()).getBytes(StandardCharsets.UTF_8);
            return new SipBody("text/html;charset=UTF-8", html);
        }
        return SipBody.text((correction ? terms.correctionMark() : "") + text.text());
    }

    private static SipMessage.Builder request(MessageStanza stanza, SipBody body, Crossing crossing) {
        SipMessage.Builder request = SipMessage.builder(crossing.xmppUserAsUri(), crossing.sipUser(), body);
        stanza.thread().flatMap(CallIdThread::callId).ifPresent(request::callId);
        Nickname.of(stanza.payloads()).ifPresent(request::fromDisplayName);
        return request;
    }
}
