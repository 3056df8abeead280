package org.isthmus.translation.message;

import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.mime.MediaType;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.ReceivedText;
import org.isthmus.translation.text.ReceivedText.UndecodableTextException;
import org.isthmus.translation.text.XmlCharacters;

/**
 * A SIP MESSAGE request as a {@code <message/>} (RFC 7572 §5, Table 2): body, Subject to subject, Call-ID to thread,
 * Content-Language to {@code xml:lang}, {@code gr} to the sender's resource. It goes to the bare JID, which is what forking
 * is in SIP; CSeq has no counterpart.
 */
public final class SipToMessage {

    /** Longest subject passed on, in octets. */
    private static final int MAX_SUBJECT_OCTETS = 1024;

    private SipToMessage() {}

    /**
     * Translates what a person wrote.
     *
     * @param crossing the mapped addresses; the SIP user's JID is full when the request's From names an instance
     * @param id the stanza's id, unique and not guessable
     * @param type normal (RFC 7572 §5), or chat where a conversation is one already
     */
    public static Translated<MessageStanza> translate(
            SipMessage request, Crossing crossing, String id, MessageStanza.Type type) {
        if (request.contentEncoding()
                .filter(coding -> !coding.equals("identity"))
                .isPresent()) {
            return Translated.refused(TranslationRefusal.UNSUPPORTED_TYPE, "the body is compressed");
        }
        SipBody body = request.body();
        if (body.length() == 0) {
            return Translated.refused(TranslationRefusal.NOTHING_TO_SAY, "the request has no body");
        }
        Optional<MediaType> mediaType = MediaType.parse(body.contentType());
        if (mediaType.filter(found -> found.is("text/plain")).isEmpty()) {
            return Translated.refused(TranslationRefusal.UNSUPPORTED_TYPE, "only text is carried");
        }
        String text;
        try {
            text = ReceivedText.decode(body.octets(), mediaType.get().param("charset"));
        } catch (UndecodableTextException undecodable) {
            return Translated.refused(
                    undecodable.fault() == ReceivedText.Fault.UNKNOWN_CHARSET
                            ? TranslationRefusal.UNSUPPORTED_CHARSET
                            : TranslationRefusal.MALFORMED_BODY,
                    String.valueOf(undecodable.getMessage()));
        }
        MessageStanza.Builder stanza = MessageStanza.builder(
                        crossing.sipUserAsJid(), crossing.xmppUser().asBareJID())
                .id(id)
                .type(type)
                .body(LangText.of(XmlCharacters.cleanLines(text)));
        request.subject()
                .map(subject -> HeaderText.clean(subject, MAX_SUBJECT_OCTETS))
                .filter(subject -> !subject.isEmpty())
                .ifPresent(subject -> stanza.subject(LangText.of(subject)));
        request.callId().ifPresent(callId -> stanza.thread(CallIdThread.thread(callId)));
        request.contentLanguage().flatMap(LanguageTag::first).ifPresent(stanza::lang);
        return Translated.ok(stanza.build());
    }
}
