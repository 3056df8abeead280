package org.isthmus.component.xmpp.stanza;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.message.MessageXml;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireStanzaTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<message to='a@b'/>",
                "<message from='a@b'/>",
                "<message from='a@b' to=''/>",
                "<message from='' to='a@b'/>",
                "<iq from='a@b' to='c@d' type='get'/>",
                "<iq from='a@b' to='c@d' type='get' id=''/>",
                "<iq from='a@b' to='c@d' id='1'/>",
                "<handshake from='a@b' to='c@d' id='1'/>"
            })
    void refusesWhatAServerWouldCloseTheLinkFor(String xml) {
        XmlElement stanza = RecordingOut.stanza(xml);
        assertThatThrownBy(() -> WireStanza.of(stanza)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTheNamespaceOfClients() {
        XmlElement stanza = XmlElement.builder("jabber:client", "message")
                .attribute("from", "a@b")
                .attribute("to", "c@d")
                .build();
        assertThatThrownBy(() -> WireStanza.of(stanza)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "joe@SIP.example/a@b/c, sip.example",
        "sip.example, sip.example",
        "sip.example/r@x, sip.example",
        "joe@sip.example, sip.example"
    })
    void knowsTheDomainItIsFrom(String from, String domain) {
        assertThat(WireStanza.of(RecordingOut.stanza("<presence from='" + from + "' to='a@b'/>"))
                        .fromDomain())
                .isEqualTo(domain);
    }

    @Test
    void saysNothingOfTheContent() {
        assertThat(WireStanza.of(RecordingOut.stanza("<message from='a@b' to='c@d'><body>private</body></message>")))
                .hasToString("stanza from b ("
                        + "<message from=\"a@b\" to=\"c@d\"><body>private</body></message>".length() + " octets)");
    }

    @Test
    void keepsTheNamespaceOfWhatIsForwarded() {
        XmlElement forwarded = RecordingOut.stanza("<message from='a@b' to='c@d'><forwarded xmlns='urn:xmpp:forward:0'>"
                + "<message xmlns='jabber:client' from='e@f'/></forwarded></message>");
        assertThat(text(WireStanza.of(forwarded)))
                .isEqualTo("<message from=\"a@b\" to=\"c@d\"><forwarded xmlns=\"urn:xmpp:forward:0\">"
                        + "<message xmlns=\"jabber:client\" from=\"e@f\"/></forwarded></message>");
    }

    /** Whatever SIP brings: what is written can be read again, and only illegal characters are different. */
    @Test
    void whateverTextComesTheStreamSurvives() {
        Random random = new Random(114);
        String odd = "<>&'\"]\r\n\t\u0000 a";
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                boolean any = random.nextInt(4) == 0;
                text.append(any ? (char) random.nextInt(0x10000) : odd.charAt(random.nextInt(odd.length())));
            }
            MessageStanza message = MessageStanza.builder(Jids.parse("joe@sip.example"), Jids.parse("a@b"))
                    .id(text.toString())
                    .subject(LangText.of(text.toString()))
                    .body(LangText.of(text.toString()))
                    .build();
            XmlElement read = RecordingOut.stanza(
                            "<stream xmlns='" + Stanzas.NAMESPACE + "'>" + text(WireStanza.of(message)) + "</stream>")
                    .elements()
                    .get(0);
            String expected = cleaned(text.toString());
            assertThat(MessageXml.read(read, message.from(), message.to()).bodies())
                    .as("round %d", round)
                    .containsExactly(LangText.of(expected));
            assertThat(read.attribute("id")).contains(expected);
        }
    }

    private static String cleaned(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean legal = c == 9
                    || c == 10
                    || c == 13
                    || (c >= 0x20 && c < 0xD800)
                    || (c > 0xDFFF && c < 0xFFFE)
                    || c > 0xFFFF;
            out.appendCodePoint(legal ? c : 0xFFFD);
        });
        return out.toString();
    }

    private static String text(WireStanza stanza) {
        return new String(stanza.octets(), StandardCharsets.UTF_8);
    }
}
