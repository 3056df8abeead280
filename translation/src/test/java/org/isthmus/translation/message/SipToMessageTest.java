package org.isthmus.translation.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isthmus.translation.Translated;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.payload.Delay;
import org.isthmus.translation.payload.OobLink;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlTreeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipToMessageTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final String ALTERNATIVE = "--b\r\nContent-Type: text/plain\r\n\r\na *b*\r\n"
            + "--b\r\nContent-Type: text/html\r\n\r\na <b>b</b>\r\n--b--\r\n";

    private static final String CPIM_OF_SIPSIMPLE = "From: \"Bob\" <sip:bob@example.net>\r\nTo: <sip:a@x>\r\n"
            + "DateTime: 2026-11-21T11:59:58.123456+00:00\r\n\r\n"
            + "MIME-Version: 1.0\nContent-Type: text/plain; charset=\"utf8\"\n\nŽluť";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | a\\r\\nb\\rc | 'a\\nb\\nc'",
                "TEXT/Plain; format=flowed; charset=\"utf8\" | Žluť | Žluť",
                "text/plain | a\u0001\u000Cb\uFFFE | a\uFFFD\uFFFDb\uFFFD",
                "application/xhtml+xml | <html><body><p>x</p></body></html> | x",
                "multipart/mixed;boundary=b | --b\\r\\n\\r\\none\\r\\n--b\\r\\nContent-Type: text/html\\r\\n\\r\\n<b>two</b>\\r\\n--b-- |"
                        + " 'one\\ntwo'",
                "multipart/mixed;boundary=b | --b\\r\\n\\r\\none\\r\\n--b\\r\\nContent-Type: image/png\\r\\n"
                        + "Content-Disposition: render; handling=optional\\r\\n\\r\\nx\\r\\n--b-- | one",
                "message/external-body;access-type=URL;URL=\"https://u.test/f\";size=3 | Content-Type: image/png\\r\\n\\r\\n |"
                        + " https://u.test/f"
            })
    void bodiesOfEveryKindAreReadable(String type, String body, String text) {
        assertThat(ok(receive(type, body.translateEscapes())).bodies())
                .containsExactly(LangText.of(text.translateEscapes()));
    }

    @Test
    void ofAlternativesTheRichestGoesWithItsOwnText() {
        MessageStanza stanza = ok(receive("multipart/alternative; boundary=b", ALTERNATIVE));
        assertThat(stanza.bodies()).containsExactly(LangText.of("a *b*"));
        assertThat(stanza.has("http://jabber.org/protocol/xhtml-im", "html")).isTrue();
        String unknown = ALTERNATIVE.replace("text/html", "text/x-odd");
        assertThat(ok(receive("multipart/alternative; boundary=b", unknown)).bodies())
                .containsExactly(LangText.of("a *b*"));
    }

    @Test
    void theEnvelopesOfSipsimpleAreRead() {
        MessageStanza stanza = ok(receive("message/cpim", CPIM_OF_SIPSIMPLE));
        assertThat(stanza.bodies()).containsExactly(LangText.of("Žluť"));
        assertThat(stanza.from()).hasToString("romeo@example.net");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/octet-stream | x | UNSUPPORTED_TYPE",
                "'' | x | UNSUPPORTED_TYPE",
                "multipart/mixed;boundary=b | --b\\r\\n\\r\\none\\r\\n--b\\r\\nContent-Type: image/png\\r\\n\\r\\nx\\r\\n--b-- |"
                        + " UNSUPPORTED_TYPE",
                "multipart/mixed | x | MALFORMED_BODY",
                "message/cpim | x | MALFORMED_BODY",
                "message/cpim | From: <im:a@x>\\r\\nRequire: Foo\\r\\n\\r\\nContent-Type: text/plain\\r\\n\\r\\nx | UNSUPPORTED_TYPE",
                "application/im-iscomposing+xml | <x/> | MALFORMED_BODY",
                "message/imdn+xml | <imdn xmlns='urn:ietf:params:xml:ns:imdn'/> | MALFORMED_BODY",
                "text/plain;charset=x-odd | x | UNSUPPORTED_CHARSET",
                "multipart/signed;boundary=b | --b\\r\\n\\r\\nx\\r\\n--b-- | END_TO_END_PROTECTED",
                "application/pkcs7-mime;smime-type=enveloped-data | x | END_TO_END_PROTECTED",
                "message/cpim | From: <im:a@x>\\r\\n\\r\\nContent-Type: multipart/signed\\r\\n\\r\\nx | END_TO_END_PROTECTED",
                "message/external-body;access-type=URL;URL=\"file:///etc/passwd\" | x | UNSUPPORTED_TYPE",
                "text/plain | '' | NOTHING_TO_SAY",
                "text/plain | ' \\r\\n' | NOTHING_TO_SAY",
                "text/html | <p></p> | NOTHING_TO_SAY"
            })
    void whatCannotBeTranslatedIsRefusedInWords(String type, String body, TranslationRefusal reason) {
        assertThat(refusal(receive(type, body.translateEscapes()))).isEqualTo(reason);
    }

    @Test
    void containersWithoutEndAreRefused() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            body.append("From: <im:a@x>\r\n\r\nContent-Type: message/cpim\r\n\r\n");
        }
        assertThat(refusal(receive("message/cpim", body.toString()))).isEqualTo(TranslationRefusal.MALFORMED_BODY);
    }

    @Test
    void compressedBodiesAreRefused() {
        SipMessage request = request("text/plain", "x".getBytes(StandardCharsets.UTF_8))
                .contentEncoding("gzip")
                .build();
        assertThat(refusal(translate(request))).isEqualTo(TranslationRefusal.UNSUPPORTED_TYPE);
    }

    @Test
    void anRcsFileIsALink() {
        String rcs = "<?xml version='1.0' encoding='UTF-8'?><file xmlns='urn:gsma:params:xml:ns:rcs:rcs:fthttp'>"
                + "<file-info type='thumbnail'><data url='https://u.test/t'/></file-info>"
                + "<file-info type='file'><file-size>3</file-size><file-name>röntgen.dcm</file-name>"
                + "<content-type>application/dicom</content-type><data url='https://u.test/f?a=1&amp;b=2' until='x'/>"
                + "</file-info></file>";
        MessageStanza stanza = ok(receive("application/vnd.gsma.rcs-ft-http+xml", rcs));
        assertThat(stanza.bodies()).containsExactly(LangText.of("https://u.test/f?a=1&b=2"));
        assertThat(OobLink.of(stanza.payloads()))
                .containsExactly(new OobLink("https://u.test/f?a=1&b=2", Optional.of("röntgen.dcm")));
        assertThat(OobLink.readable(stanza.bodies().get(0).text(), OobLink.of(stanza.payloads())))
                .isEqualTo("https://u.test/f?a=1&b=2");
    }

    @Test
    void lateMessagesCarryADelay() {
        SipMessage late = request("text/plain", "x".getBytes(StandardCharsets.UTF_8))
                .date(Instant.parse("2006-05-21T13:02:03Z"))
                .expires(Duration.ofHours(1))
                .build();
        assertThat(Delay.of(ok(translate(late)).payloads()))
                .contains(new Delay(Instant.parse("2006-05-21T13:02:03Z"), Optional.of("example.net")));
        SipMessage now = request("text/plain", "x".getBytes(StandardCharsets.UTF_8))
                .date(NOW.minusSeconds(20))
                .build();
        assertThat(ok(translate(now)).payloads()).isEmpty();
    }

    @Test
    void subjectsOfTheEnvelopeCountBeforeTheHeader() {
        String cpim =
                "From: <im:a@x>\r\nSubject: inner\r\nSubject:;lang=de innen\r\n\r\nContent-Type: text/plain\r\n\r\nx";
        SipMessage request = request("message/cpim", cpim.getBytes(StandardCharsets.UTF_8))
                .subject("outer")
                .contentLanguage("en, de")
                .build();
        assertThat(ok(translate(request)).subjects())
                .containsExactly(LangText.of("inner"), new LangText(Optional.of("de"), "innen"));
        assertThat(ok(translate(request)).lang()).contains("en");
    }

    @Test
    void aStanzaSurvivesTheWayThereAndBack() {
        MessageStanza stanza = MessageStanza.builder(
                        People.jid("juliet@example.com/b"), People.jid("romeo@example.net"))
                .lang("cs")
                .thread("a thread é")
                .subject(LangText.of("Předmět"))
                .body(LangText.of("řádek\nřádek"))
                .build();
        SipMessage sent = MessageToSip.translate(stanza, People.crossing(stanza.from(), stanza.to()))
                .fold(request -> request, (reason, words) -> {
                    throw new AssertionError(words);
                });
        MessageStanza back = ok(
                SipToMessage.translate(sent, People.crossing(sent.from(), sent.to()), "i", MessageStanza.Type.NORMAL));
        assertThat(back.bodies()).isEqualTo(stanza.bodies());
        assertThat(back.subjects()).isEqualTo(stanza.subjects());
        assertThat(back.thread()).isEqualTo(stanza.thread());
        assertThat(back.lang()).isEqualTo(stanza.lang());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void noExceptionEscapesFromMutatedBodiesAndEveryStanzaIsWellFormed(int seed) {
        List<String> types = List.of(
                "text/plain",
                "text/plain;charset=utf-16",
                "text/html",
                "message/cpim",
                "multipart/alternative;boundary=b",
                "application/im-iscomposing+xml",
                "message/imdn+xml",
                "application/vnd.gsma.rcs-ft-http+xml");
        List<String> bodies = List.of(
                CPIM_OF_SIPSIMPLE,
                ALTERNATIVE,
                "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>x</message-id></imdn>",
                "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>active</state></isComposing>");
        Random random = new Random(seed);
        int translated = 0;
        for (int run = 0; run < 4_000; run++) {
            byte[] body = bodies.get(random.nextInt(bodies.size())).getBytes(StandardCharsets.UTF_8);
            for (int edits = random.nextInt(5); edits > 0; edits--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            Translated<MessageStanza> result = translate(
                    request(types.get(random.nextInt(types.size())), body).build());
            if (result instanceof Translated.Ok<MessageStanza> ok) {
                String written = XmlTreeWriter.write(MessageXml.write(ok.value(), "jabber:client"));
                assertThat(WireText.stanza(written).bodies())
                        .isEqualTo(ok.value().bodies());
                translated++;
            }
        }
        assertThat(translated).isGreaterThan(500);
    }

    @Test
    void thePlatformsCharsetPlaysNoPart() {
        // The build runs all tests once more with -Dfile.encoding=US-ASCII; here it is seen that it does.
        String expected = System.getProperty("isthmus.expected.charset");
        if (expected != null) {
            assertThat(Charset.defaultCharset()).isEqualTo(Charset.forName(expected));
        }
        assertThat(ok(receive("text/plain", "žluťoučký")).bodies()).containsExactly(LangText.of("žluťoučký"));
    }

    private static SipMessage.Builder request(String type, byte[] body) {
        return SipMessage.builder(
                People.uri(People.jid("romeo@example.net")),
                People.uri(People.jid("juliet@example.com")),
                new SipBody(type, body));
    }

    private static Translated<MessageStanza> receive(String type, String body) {
        return translate(request(type, body.getBytes(StandardCharsets.UTF_8)).build());
    }

    private static Translated<MessageStanza> translate(SipMessage request) {
        return SipToMessage.translate(
                request,
                People.crossing(request.from(), request.to()),
                TowardsXmpp.of("id1", MessageStanza.Type.NORMAL, NOW));
    }

    private static MessageStanza ok(Translated<MessageStanza> translated) {
        return translated.fold(stanza -> stanza, (reason, words) -> {
            throw new AssertionError(reason + ": " + words);
        });
    }

    private static TranslationRefusal refusal(Translated<MessageStanza> translated) {
        return translated.fold(
                stanza -> {
                    throw new AssertionError("translated");
                },
                (reason, words) -> reason);
    }
}
