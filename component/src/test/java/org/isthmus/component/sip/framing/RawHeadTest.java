package org.isthmus.component.sip.framing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawHeadTest {

    private static RawHead head(String text) {
        byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return RawHead.of(octets, octets.length);
    }

    @Test
    void foldingIsUndoneAndCompactNamesAreLong() {
        RawHead head = head("MESSAGE sip:a@b SIP/2.0\nv: SIP/2.0/UDP x\nSUBJECT : a\n \tb\n\tc\nTO:<sip:a@b>\n\n");
        assertThat(head.fields())
                .containsExactly(
                        new RawHead.Field("via", "SIP/2.0/UDP x"),
                        new RawHead.Field("subject", "a b c"),
                        new RawHead.Field("to", "<sip:a@b>"));
        assertThat(head.defect()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: a\nf: b",
                "To: a\nt: b",
                "Call-ID: a\ni: b",
                "CSeq: 1 A\nCSEQ: 2 A",
                "Max-Forwards: 1\nMax-Forwards: 1",
                "Content-Type: a/b\nc: a/b",
                " folded first",
                "no colon",
                ": no name"
            })
    void whatIsWrongWithTheLinesIsSaid(String lines) {
        assertThat(head("MESSAGE sip:a@b SIP/2.0\n" + lines + "\n\n").defect()).isPresent();
    }

    @Test
    void severalViasAndRoutesAreNoDefect() {
        assertThat(head("MESSAGE sip:a@b SIP/2.0\nVia: a\nVia: b\nRequire: x\nRequire: y\n\n")
                        .defect())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SIP/2.0/UDP a.example:5070;branch=z9hG4bK1        | SIP/2.0/UDP a.example:5070;branch=z9hG4bK1;received=192.0.2.9
            SIP/2.0/UDP a;rport;branch=x                      | SIP/2.0/UDP a;branch=x;received=192.0.2.9;rport=4711
            SIP/2.0/TCP a;branch=x;received=10.0.0.1          | SIP/2.0/TCP a;branch=x;received=192.0.2.9
            SIP / 2.0 / UDP a ; branch=x , SIP/2.0/UDP b;rport | SIP / 2.0 / UDP a;branch=x;received=192.0.2.9, SIP/2.0/UDP b;rport
            SIP/2.0/UDP a;x="a;rport,b";branch=y              | SIP/2.0/UDP a;x="a;rport,b";branch=y;received=192.0.2.9
            """)
    void theFirstViaSaysWhereTheRequestCameFrom(String given, String expected) throws Exception {
        assertThat(ViaFields.seenFrom(given, java.net.InetAddress.getByName("192.0.2.9"), 4711))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SIP/2.0/UDP a.example:5070;branch=x | 5070
            SIP/2.0/UDP a.example;branch=x      | 5060
            SIP/2.0/UDP [2001:db8::1]:5071      | 5071
            SIP/2.0/UDP [2001:db8::1]           | 5060
            SIP/2.0/UDP a.example:0             | -1
            SIP/2.0/UDP a.example:x             | -1
            """)
    void answersGoToSentByUnlessTheSourcePortIsAskedFor(String via, int port) {
        assertThat(ViaFields.sentByPort(via).orElse(-1)).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <sip:a@b>                    | false
            <sip:a@b>;tag=1              | true
            <sip:a@b;tag=1>              | false
            "x;tag=1" <sip:a@b>          | false
            "x\\\\";tag=1" <sip:a@b>     | false
            sip:a@b;tag=1                | true
            <sip:a@b>;x=y ; TAG = 1      | true
            <sip:a@b>;taggy=1            | false
            """)
    void aTagIsFoundWhereItIsATag(String value, boolean tagged) {
        assertThat(Reply.hasTag(value.replace("\\\\", "\\"))).isEqualTo(tagged);
    }
}
