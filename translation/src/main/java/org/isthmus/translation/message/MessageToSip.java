package org.isthmus.translation.message;

import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.text.HeaderText;

/**
 * A {@code <message/>} as a SIP MESSAGE request (RFC 7572 §4, Table 1): body, subject to Subject, thread to Call-ID,
 * {@code xml:lang} to Content-Language, the sender's resource as {@code gr}. The id has no place in the request: whoever
 * sends it keeps it with the transaction. The type has none either.
 */
public final class MessageToSip {

    /** Longest Subject sent, in octets. */
    private static final int MAX_SUBJECT_OCTETS = 200;

    private MessageToSip() {}

    /**
     * Translates what a person wrote.
     *
     * @param crossing the mapped addresses; the sender's with the resource, the addressee's with {@code gr} when the
     *     stanza's resource names a SIP instance
     */
    public static Translated<SipMessage> translate(MessageStanza stanza, Crossing crossing) {
        if (stanza.type() == MessageStanza.Type.ERROR) {
            return Translated.refused(TranslationRefusal.IS_AN_ERROR, "an error is not forwarded");
        }
        if (stanza.type() == MessageStanza.Type.GROUPCHAT) {
            return Translated.refused(TranslationRefusal.GROUP_CHAT, "group chat with this contact is not possible");
        }
        Optional<LangText> subject = LangTexts.choose(stanza.subjects(), stanza.lang());
        Optional<LangText> body = LangTexts.choose(stanza.bodies(), stanza.lang());
        if (body.isEmpty()) {
            return subject.isPresent()
                    ? Translated.refused(
                            TranslationRefusal.UNSUPPORTED_TYPE,
                            "a subject without a text cannot be sent to this contact")
                    : Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "the message has no text");
        }
        SipMessage.Builder request = SipMessage.builder(
                crossing.xmppUserAsUri(),
                crossing.sipUser(),
                SipBody.text(body.get().text()));
        subject.map(text -> HeaderText.clean(text.text(), MAX_SUBJECT_OCTETS))
                .filter(line -> !line.isEmpty())
                .ifPresent(request::subject);
        stanza.thread().flatMap(CallIdThread::callId).ifPresent(request::callId);
        body.get().lang().or(stanza::lang).flatMap(LanguageTag::of).ifPresent(request::contentLanguage);
        return Translated.ok(request.build());
    }
}
