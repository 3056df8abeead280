package org.isthmus.component.xmpp.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamDecoderTest {

    private static final StreamLimits SMALL = new StreamLimits(10_000, 4, 50, 8, 400, 20_000);

    private static final String STREAM = Decoded.HEADER
            + " <message from='a@b/c' to='d@e' type=\"chat\"><body xml:lang='de'>gr\u00fc\u00df \uD83D\uDE00 &amp; &lt;&#x20AC;></body></message>\n"
            + "<presence/>"
            + "<iq type='get' id='x>y'><q:query xmlns:q='urn:q' q:a='1'><![CDATA[<b>]]]></q:query><e xmlns=''/></iq>"
            + "</stream:stream>";

    @Test
    void readsAStream() throws XmlFault {
        assertThat(Decoded.of(StreamLimits.DEFAULT, STREAM).events)
                .containsExactly(
                        "opened stream 1",
                        "<message from=\"a@b/c\" to=\"d@e\" type=\"chat\"><body xml:lang=\"de\">gr\u00fc\u00df \uD83D\uDE00 &amp; &lt;\u20AC&gt;</body></message>",
                        "<presence/>",
                        "<iq type=\"get\" id=\"x&gt;y\"><query xmlns=\"urn:q\" xmlns:n0=\"urn:q\" n0:a=\"1\">&lt;b&gt;]</query><e xmlns=\"\"/></iq>",
                        "closed");
    }

    @Test
    void readsTheSameCutAnywhereEvenInsideACharacter() throws XmlFault {
        byte[] octets = STREAM.getBytes(StandardCharsets.UTF_8);
        Decoded whole = Decoded.of(StreamLimits.DEFAULT, STREAM);
        for (int cut = 0; cut <= octets.length; cut++) {
            Decoded decoded = new Decoded();
            StreamDecoder decoder = new StreamDecoder(StreamLimits.DEFAULT, decoded);
            decoder.feed(octets, 0, cut);
            decoder.feed(octets, cut, octets.length);
            assertThat(decoded.events).as("cut at %d", cut).isEqualTo(whole.events);
        }
        Decoded single = new Decoded();
        StreamDecoder decoder = new StreamDecoder(StreamLimits.DEFAULT, single);
        for (int i = 0; i < octets.length; i++) {
            decoder.feed(octets, i, i + 1);
        }
        assertThat(single.events).isEqualTo(whole.events);
        assertThat(decoder.offset()).isEqualTo(octets.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY a 'b'>]><message/>",
                "<!-- c --><message/>",
                "<?pi x?><message/>",
                "<message><!-- c --></message>",
                "<message><?pi?></message>",
                "<message><!ENTITY a></message>",
                "<message>&foo;</message>",
                "<?xml version='1.0'?><message/>"
            })
    void refusesWhatXmppRestricts(String xml) {
        assertThatThrownBy(() -> Decoded.of(StreamLimits.DEFAULT, Decoded.HEADER, xml))
                .isInstanceOfSatisfying(XmlFault.class, fault -> {
                    assertThat(fault.kind()).isEqualTo(XmlFault.Kind.RESTRICTED_XML);
                    assertThat(fault.offset()).isBetween(Decoded.HEADER.length() + 0L, Decoded.HEADER.length() + 40L);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "<message></presence>",
                "<message><body></message></body>",
                "<message a='1' a='2'/>",
                "<p:message/>",
                "<message>\u0001</message>",
                "<message>&#1;</message>",
                "<message a=1/>",
                "<message a='<'/>",
                "<message <body/></message>",
                "<>",
                "<xmlns:message/>",
                "</stream:stream>more"
            })
    void refusesWhatIsNotWellFormed(String xml) {
        assertThatThrownBy(() -> Decoded.of(StreamLimits.DEFAULT, Decoded.HEADER, xml))
                .isInstanceOfSatisfying(
                        XmlFault.class, fault -> assertThat(fault.kind()).isEqualTo(XmlFault.Kind.NOT_WELL_FORMED));
    }

    @Test
    void refusesOctetsThatAreNotUtf8() {
        byte[] latin = "<message>gr\u00fc\u00df</message>".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> {
                    StreamDecoder decoder = new StreamDecoder(StreamLimits.DEFAULT, new Decoded());
                    byte[] header = Decoded.HEADER.getBytes(StandardCharsets.UTF_8);
                    decoder.feed(header, 0, header.length);
                    decoder.feed(latin, 0, latin.length);
                })
                .isInstanceOf(XmlFault.class);
    }

    @Test
    void refusesAnotherEncoding() {
        assertThatThrownBy(() ->
                        Decoded.of(StreamLimits.DEFAULT, Decoded.HEADER.replace("1.0'", "1.0' encoding='ISO-8859-1'")))
                .isInstanceOf(XmlFault.class);
    }

    @Test
    void faultsDoNotRepeatWhatWasSaid() {
        assertThatThrownBy(() -> Decoded.of(
                        StreamLimits.DEFAULT, Decoded.HEADER, "<message><body>the secret word</messag></message>"))
                .isInstanceOf(XmlFault.class)
                .hasMessageNotContaining("secret")
                .hasMessageContaining("at octet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "octets|more than 10000 octets in one stanza",
                "depth|more than 4 levels of elements",
                "nodes|more than 50 elements and attributes in one stanza",
                "attributes|more than 8 attributes in one element"
            })
    void skipsAStanzaOverALimitAndGoesOn(String limit, String rule) throws XmlFault {
        String content = switch (limit) {
            case "octets" -> "x".repeat(10_000);
            case "depth" -> "<a>".repeat(5) + "</a>".repeat(5);
            case "nodes" -> "<a/>".repeat(60);
            default -> "<a a1='' a2='' a3='' a4='' a5='' a6='' a7='' a8='' a9=''/>";
        };
        assertThat(Decoded.of(SMALL, Decoded.HEADER, "<message from='a@b' id='1'>" + content + "</message><iq/>")
                        .events)
                .containsExactly("opened stream 1", "skipped <message from=\"a@b\" id=\"1\"/> " + rule, "<iq/>");
    }

    @Test
    void skipsAStanzaWhoseOwnTagIsOverTheLimit() throws XmlFault {
        String longTag = "<message from='" + "x".repeat(500) + "'>text</message>";
        String manyAttributes = "<message a1='' a2='' a3='' a4='' a5='' a6='' a7='' a8='' a9=''/>";
        assertThat(Decoded.of(SMALL, Decoded.HEADER, longTag, manyAttributes, "<iq/>").events)
                .containsExactly(
                        "opened stream 1",
                        "skipped - more than 400 octets in one start tag",
                        "skipped - more than 8 attributes in one element",
                        "<iq/>");
    }

    @Test
    void keepsTheEnvelopeOfAnEmptyTagOverNoLimit() throws XmlFault {
        assertThat(Decoded.of(SMALL, Decoded.HEADER, "<iq id='1'/><iq id='2' />").events)
                .containsExactly("opened stream 1", "<iq id=\"1\"/>", "<iq id=\"2\"/>");
    }

    @Test
    void closesWhenASkippedStanzaDoesNotEnd() {
        assertThatThrownBy(() -> Decoded.of(SMALL, Decoded.HEADER, "<message>" + "x".repeat(40_000)))
                .isInstanceOfSatisfying(
                        XmlFault.class, fault -> assertThat(fault.kind()).isEqualTo(XmlFault.Kind.POLICY_VIOLATION));
    }

    @Test
    void closesOnAHeaderOverTheLimits() {
        assertThatThrownBy(() -> Decoded.of(SMALL, "<stream id='" + "x".repeat(500)))
                .isInstanceOfSatisfying(
                        XmlFault.class, fault -> assertThat(fault.kind()).isEqualTo(XmlFault.Kind.POLICY_VIOLATION));
    }

    @Test
    void exactlyTheLimitPasses() throws XmlFault {
        String frame = "<message>" + "x".repeat(10_000 - 19) + "</message>";
        assertThat(frame).hasSize(10_000);
        assertThat(Decoded.of(SMALL, Decoded.HEADER, frame).events.get(1)).hasSize(10_000);
        assertThat(Decoded.of(SMALL, Decoded.HEADER, frame.replace("<message>", "<message>x"))
                        .events
                        .get(1))
                .startsWith("skipped");
    }

    @Test
    void namesThatUsersInventDoNotSlowItDown() throws XmlFault {
        Decoded decoded = new Decoded();
        StreamDecoder decoder = new StreamDecoder(StreamLimits.DEFAULT, decoded);
        feed(decoder, Decoded.HEADER);
        for (int i = 0; i < 20_000; i++) {
            feed(
                    decoder,
                    "<message><p" + i + ":name" + i + " xmlns:p" + i + "='urn:x:" + i + "' attribute" + i
                            + "='v'/></message>");
        }
        assertThat(decoded.events).hasSize(20_001);
        assertThat(decoded.events.get(20_000))
                .isEqualTo("<message><name19999 xmlns=\"urn:x:19999\" attribute19999=\"v\"/></message>");
    }

    /** Mutations of a good stream: whatever comes, only {@link XmlFault} leaves, and the decoder ends. */
    @Test
    void onlyAFaultEscapes() {
        Random random = new Random(20261121);
        byte[] good = STREAM.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 5_000; round++) {
            byte[] bad = good.clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                bad[random.nextInt(bad.length)] = switch (random.nextInt(3)) {
                    case 0 -> (byte) random.nextInt(256);
                    case 1 -> (byte) "<>/='\"&;![]- ?:x".charAt(random.nextInt(16));
                    default -> bad[random.nextInt(bad.length)];
                };
            }
            int seen = round;
            assertThatCode(() -> {
                        try {
                            new StreamDecoder(SMALL, new Decoded()).feed(bad, 0, bad.length);
                        } catch (XmlFault expected) {
                            assertThat(expected.offset()).isBetween(0L, (long) bad.length);
                        }
                    })
                    .as("round %d", seen)
                    .doesNotThrowAnyException();
        }
    }

    private static void feed(StreamDecoder decoder, String text) throws XmlFault {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        decoder.feed(octets, 0, octets.length);
    }
}
