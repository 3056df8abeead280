package org.isthmus.translation.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.composing.ChatState;
import org.isthmus.translation.composing.IsComposingToChatState;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.imdn.ReceiptRequest;
import org.isthmus.translation.payload.Delay;
import org.isthmus.translation.payload.FileLink;
import org.isthmus.translation.payload.ProcessingHint;
import org.isthmus.translation.text.HeaderText;
import org.isthmus.translation.text.LanguageTag;

/**
 * A SIP MESSAGE request as a {@code <message/>} (RFC 7572 §5, Table 2): body, Subject to subject, Call-ID to thread,
 * Content-Language to {@code xml:lang}, {@code gr} to the sender's resource. It goes to the bare JID, which is what forking
 * is in SIP; CSeq has no counterpart.
 *
 * <p>A message of an MSRP session is a request whose Call-ID is the session's and whose body is the reassembled one.
 */
public final class SipToMessage {

    /** The types that are read, for Accept of a 415 and for OPTIONS (RFC 8591 §7.3). */
    public static final List<String> ACCEPT = List.of(
            "text/plain",
            "text/html",
            "message/cpim",
            "multipart/mixed",
            "multipart/alternative",
            "multipart/related",
            "application/im-iscomposing+xml",
            "message/imdn+xml",
            "message/external-body",
            FileLink.RCS_TYPE);

    /** Longest subject passed on, in octets. */
    private static final int MAX_SUBJECT_OCTETS = 1024;

    /** Younger messages are on their way, not late (XEP-0203; clocks differ by seconds). */
    private static final Duration LATE = Duration.ofSeconds(30);

    private SipToMessage() {}

    /**
     * What the body says, whatever its type. To be asked first where notifications and typing have a state of their own.
     */
    public static Translated<SipContent> read(SipMessage request) {
        if (request.contentEncoding()
                .filter(coding -> !coding.equals("identity"))
                .isPresent()) {
            return Translated.refused(TranslationRefusal.UNSUPPORTED_TYPE, "the body is compressed");
        }
        try {
            return Translated.ok(SipContentReader.read(request.body()));
        } catch (SipContentReader.Refused refused) {
            return Translated.refused(refused.reason(), String.valueOf(refused.getMessage()));
        }
    }

    /** Translates what a person wrote, without looking at times; receipts are asked for. */
    public static Translated<MessageStanza> translate(
            SipMessage request, Crossing crossing, String id, MessageStanza.Type type) {
        return translate(
                request, crossing, new TowardsXmpp(id, type, Optional.empty(), true, false, false, ChatState.ACTIVE));
    }

    /**
     * Translates words, and typing to a chat state; notifications are for {@link ImdnToMessage}.
     *
     * @param crossing the mapped addresses; the SIP user's JID is full when the request's From names an instance
     */
    public static Translated<MessageStanza> translate(SipMessage request, Crossing crossing, TowardsXmpp terms) {
        Translated<SipContent> content = read(request);
        return content.fold(
                said -> stanza(request, said, crossing, terms),
                (reason, words) -> Translated.<MessageStanza>refused(reason, words));
    }

    private static Translated<MessageStanza> stanza(
            SipMessage request, SipContent content, Crossing crossing, TowardsXmpp terms) {
        MessageStanza.Builder stanza = MessageStanza.builder(
                        crossing.sipUserAsJid(), crossing.xmppUser().asBareJID())
                .id(terms.id());
        request.callId().ifPresent(callId -> stanza.thread(CallIdThread.thread(callId)));
        if (content instanceof SipContent.Words words) {
            words(request, words, crossing, terms, stanza);
            return Translated.ok(stanza.build());
        }
        if (content instanceof SipContent.Typing typing) {
            return Translated.ok(stanza.type(MessageStanza.Type.CHAT)
                    .payload(IsComposingToChatState.translate(typing.document().state(), terms.idle())
                            .element())
                    .payload(ProcessingHint.NO_STORE.element())
                    .build());
        }
        return Translated.refused(
                TranslationRefusal.NOTHING_TO_SAY,
                content instanceof SipContent.Nothing ? "the request has no text" : "the request is a notification");
    }

    private static void words(
            SipMessage request,
            SipContent.Words words,
            Crossing crossing,
            TowardsXmpp terms,
            MessageStanza.Builder stanza) {
        stanza.type(terms.type()).body(LangText.of(words.text()));
        List<LangText> subjects = words.subjects().isEmpty()
                ? request
                        .subject()
                        .map(subject -> HeaderText.clean(subject, MAX_SUBJECT_OCTETS))
                        .filter(subject -> !subject.isEmpty())
                        .map(LangText::of)
                        .stream()
                        .toList()
                : words.subjects();
        subjects.forEach(stanza::subject);
        request.contentLanguage().flatMap(LanguageTag::first).ifPresent(stanza::lang);
        words.payloads().forEach(stanza::payload);
        words.receipt().ifPresent(wanted -> askForReceipts(wanted, terms, stanza));
        if (terms.chatStates()) {
            stanza.payload(ChatState.ACTIVE.element());
        }
        Optional<Instant> written = words.written().or(request::date);
        if (written.isPresent()
                && terms.now()
                        .filter(now -> written.get().isBefore(now.minus(LATE)))
                        .isPresent()) {
            Optional<String> by = Optional.of(crossing.sipUserAsJid().getDomain());
            stanza.payload(new Delay(written.get(), by).element());
        }
    }

    private static void askForReceipts(ImdnRequest request, TowardsXmpp terms, MessageStanza.Builder stanza) {
        if (terms.receipts() && request.wants(ImdnRequest.Wanted.POSITIVE_DELIVERY)) {
            stanza.payload(ReceiptRequest.deliveryElement());
        }
        if (terms.markers() && request.wants(ImdnRequest.Wanted.DISPLAY)) {
            stanza.payload(ReceiptRequest.displayElement());
        }
    }
}
