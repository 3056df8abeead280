package org.isthmus.translation.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.cpim.CpimLimits;
import org.isthmus.translation.cpim.CpimMessage;
import org.isthmus.translation.cpim.CpimReader;
import org.isthmus.translation.imdn.ImdnRequest;
import org.isthmus.translation.imdn.ImdnRequest.Wanted;
import org.isthmus.translation.sdp.AcceptTypes;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.WireText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageToSipTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final SipRecipient ALL = new SipRecipient(AcceptTypes.of("*"), AcceptTypes.of("*"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<body>hi</body> | hi",
                "<body> two\\n lines </body> | ' two\\n lines '",
                "<body xml:lang='de'>Hallo</body><body>hi</body> | hi",
                "<body xml:lang='de'>Hallo</body><body xml:lang='fr'>Salut</body> | Hallo",
                "<body/><body xml:lang='fr'>Salut</body> | Salut",
                // corrections
                "<body>new</body><replace xmlns='urn:xmpp:message-correct:0' id='x'/> | * new",
                // links
                "<body>https://u.test/f.jpg</body><x xmlns='jabber:x:oob'><url>https://u.test/f.jpg</url></x> |"
                        + " https://u.test/f.jpg",
                "<body>look</body><x xmlns='jabber:x:oob'><url>https://u.test/f.jpg</url></x> |"
                        + " 'look\\nhttps://u.test/f.jpg'",
                "<x xmlns='jabber:x:oob'><url>https://u.test/f</url><desc>the\\nimage</desc></x> |"
                        + " the image: https://u.test/f",
                // XHTML alone
                "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>"
                        + "<p>a <strong>b</strong></p></body></html> | a b",
                // what stays behind
                "<body>hi</body><stanza-id xmlns='urn:xmpp:sid:0' id='s' by='x'/><origin-id xmlns='urn:xmpp:sid:0' id='o'/>"
                        + "<attention xmlns='urn:xmpp:attention:0'/><x xmlns='urn:odd'>secret</x> | hi",
                // invitations
                "<x xmlns='jabber:x:conference' jid='room@muc.test' reason='come in'/> |"
                        + " 'come in\\nxmpp:room@muc.test?join'",
                "<x xmlns='http://jabber.org/protocol/muc#user'><invite from='a@b'><reason>r</reason></invite></x> |"
                        + " 'r\\nxmpp:juliet@example.com?join'"
            })
    void whatPeopleWriteIsSentAsText(String children, String text) {
        MessageStanza stanza = stanza(children.translateEscapes());
        SipMessage sent = ok(MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to())));
        assertThat(sent.body()).isEqualTo(SipBody.text(text.translateEscapes()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | NOTHING_TO_SAY",
                "<body/> | NOTHING_TO_SAY",
                "<body>  </body> | NOTHING_TO_SAY",
                "<active xmlns='http://jabber.org/protocol/chatstates'/> | NOTHING_TO_SAY",
                "<gone xmlns='http://jabber.org/protocol/chatstates'/> | NOTHING_TO_SAY",
                "<received xmlns='urn:xmpp:receipts' id='a'/> | NOTHING_TO_SAY",
                "<attention xmlns='urn:xmpp:attention:0'/> | NOTHING_TO_SAY",
                "<sent xmlns='urn:xmpp:carbons:2'/><body>x</body> | NOTHING_TO_SAY",
                "<received xmlns='urn:xmpp:carbons:2'/><body>x</body> | NOTHING_TO_SAY",
                "<subject>only</subject> | UNSUPPORTED_TYPE",
                "<encrypted xmlns='eu.siacs.conversations.axolotl'><header/><payload>x</payload></encrypted>"
                        + "<body>I sent you an OMEMO encrypted message</body> | END_TO_END_PROTECTED",
                "<encrypted xmlns='eu.siacs.conversations.axolotl'><header/></encrypted> | NOTHING_TO_SAY",
                "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:otr:0'/><body>x</body> | END_TO_END_PROTECTED",
                "<openpgp xmlns='urn:xmpp:openpgp:0'>x</openpgp> | END_TO_END_PROTECTED",
                "<x xmlns='jabber:x:encrypted'>x</x><body>x</body> | END_TO_END_PROTECTED",
                "<x xmlns='jabber:x:signed'>x</x><body>x</body> | END_TO_END_PROTECTED",
                "<body>?OTRv23?</body> | END_TO_END_PROTECTED",
                "<encrypted xmlns='urn:xmpp:omemo:2'/> | END_TO_END_PROTECTED"
            })
    void whatCannotBeSentIsRefused(String children, TranslationRefusal reason) {
        MessageStanza stanza = stanza(children);
        assertThat(refusal(MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to()))))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "groupchat"})
    void errorsAndGroupChatAreNotForwarded(String type) {
        MessageStanza stanza = WireText.stanza("<message type='" + type + "'><body>x</body></message>");
        assertThat(refusal(MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to()))))
                .isEqualTo(type.equals("error") ? TranslationRefusal.IS_AN_ERROR : TranslationRefusal.GROUP_CHAT);
    }

    @Test
    void headersAreOneLineOfLegalText() {
        MessageStanza stanza = stanza("<subject>a&#xD;&#xA;Evil: 1" + "ž".repeat(300) + "</subject><body>x</body>"
                + "<nick xmlns='http://jabber.org/protocol/nick'>Ro\u202Emeo&#xA;&#xD;x</nick>");
        SipMessage sent = ok(MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to())));
        assertThat(sent.subject().orElseThrow()).startsWith("a Evil: 1ž");
        assertThat(sent.subject().orElseThrow().getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(200);
        assertThat(sent.fromDisplayName()).contains("Romeo x");
    }

    @ParameterizedTest
    @CsvSource({"cs, cs", "de-1996, de-1996", "'', ", "'en\r\nEvil: 1', ", "x_y, ", "toolonglanguage, "})
    void onlyLanguageTagsBecomeContentLanguage(String lang, String header) {
        MessageStanza stanza = MessageStanza.builder(People.jid("a@x.test/r"), People.jid("b@y.test"))
                .lang(lang)
                .body(LangText.of("x"))
                .build();
        SipMessage sent = ok(MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to())));
        assertThat(sent.contentLanguage()).isEqualTo(Optional.ofNullable(header));
    }

    @Test
    void lateMessagesCarryTheirDate() {
        MessageStanza stanza =
                stanza("<body>x</body><delay xmlns='urn:xmpp:delay' stamp='2026-11-20T10:00:00.5+01:00'/>");
        SipMessage sent = ok(MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to())));
        assertThat(sent.date()).contains(Instant.parse("2026-11-20T09:00:00.500Z"));
        MessageStanza legacy = stanza("<body>x</body><x xmlns='jabber:x:delay' stamp='20261120T10:00:00'/>");
        assertThat(ok(MessageToSip.translate(legacy, People.crossing(legacy.from(), legacy.to())))
                        .date())
                .contains(Instant.parse("2026-11-20T10:00:00Z"));
        MessageStanza odd = stanza("<body>x</body><delay xmlns='urn:xmpp:delay' stamp='yesterday'/>");
        assertThat(ok(MessageToSip.translate(odd, People.crossing(odd.from(), odd.to())))
                        .date())
                .isEmpty();
    }

    @Test
    void htmlGoesToWhomItIsKnownToPlease() {
        MessageStanza stanza = stanza("<body>a b</body><html xmlns='http://jabber.org/protocol/xhtml-im'>"
                + "<body xmlns='http://www.w3.org/1999/xhtml'>a <strong>b</strong><script>x</script></body></html>");
        SipRecipient html = new SipRecipient(AcceptTypes.of("text/plain", "text/html"), AcceptTypes.of());
        assertThat(send(stanza, html).body().contentType()).isEqualTo("text/html;charset=UTF-8");
        assertThat(new String(send(stanza, html).body().octets(), StandardCharsets.UTF_8))
                .isEqualTo("<!DOCTYPE html><html><body>a <strong>b</strong></body></html>");
        assertThat(send(stanza, SipRecipient.PLAIN).body()).isEqualTo(SipBody.text("a b"));
    }

    @Test
    void receiptsAreAskedForInAnEnvelope() throws Exception {
        MessageStanza stanza = WireText.stanza("<message id='s1'><subject>Hi</subject><body>x</body>"
                + "<request xmlns='urn:xmpp:receipts'/><markable xmlns='urn:xmpp:chat-markers:0'/></message>");
        CpimMessage envelope = CpimReader.read(send(stanza, ALL).body().octets(), CpimLimits.defaults());
        ImdnRequest request = ImdnRequest.of(envelope.head()).orElseThrow();
        assertThat(request.messageId()).isEqualTo("m1");
        assertThat(request.wanted())
                .containsExactlyInAnyOrder(Wanted.POSITIVE_DELIVERY, Wanted.NEGATIVE_DELIVERY, Wanted.DISPLAY);
        assertThat(envelope.head().subjects()).hasSize(1);
        assertThat(envelope.content()).containsExactly('x');
        assertThat(send(stanza, SipRecipient.PLAIN).body()).isEqualTo(SipBody.text("x"));
        assertThat(ok(MessageToSip.translate(
                                stanza,
                                People.crossing(stanza.from(), stanza.to()),
                                TowardsSip.of(ALL, NOW, "m1").withoutReceipts()))
                        .body())
                .isEqualTo(SipBody.text("x"));
    }

    @Test
    void anEnvelopeIsMadeWhereNothingElseIsTaken() throws Exception {
        MessageStanza stanza = stanza("<body>ž</body><delay xmlns='urn:xmpp:delay' stamp='2026-11-20T10:00:00Z'/>");
        SipRecipient sylk = new SipRecipient(AcceptTypes.of("message/cpim"), AcceptTypes.of("*"));
        CpimMessage envelope = CpimReader.read(send(stanza, sylk).body().octets(), CpimLimits.defaults());
        assertThat(new String(envelope.content(), StandardCharsets.UTF_8)).isEqualTo("ž");
        assertThat(envelope.head().dateTime()).contains(Instant.parse("2026-11-20T10:00:00Z"));
        assertThat(envelope.head().header(ImdnRequest.MESSAGE_ID)).isEmpty();
    }

    @Test
    void loggedFormsHoldNoWords() {
        MessageStanza stanza = stanza("<body>secret</body>");
        SipMessage sent = send(stanza, SipRecipient.PLAIN);
        assertThat(sent.body().toString()).doesNotContain("secret");
        assertThat(SipToMessage.read(sent).toString()).doesNotContain("secret");
    }

    private static SipMessage send(MessageStanza stanza, SipRecipient recipient) {
        return ok(MessageToSip.translate(
                stanza, People.crossing(stanza.from(), stanza.to()), TowardsSip.of(recipient, NOW, "m1")));
    }

    private static MessageStanza stanza(String children) {
        return WireText.stanza("<message>" + children + "</message>");
    }

    private static SipMessage ok(Translated<SipMessage> translated) {
        return translated.fold(request -> request, (reason, words) -> {
            throw new AssertionError(reason + ": " + words);
        });
    }

    private static TranslationRefusal refusal(Translated<SipMessage> translated) {
        return translated.fold(
                request -> {
                    throw new AssertionError("translated");
                },
                (reason, words) -> reason);
    }
}
