package org.isthmus.translation.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdpReaderTest {

    private static final SdpLimits LIMITS = SdpLimits.defaults();

    private static final String CHAT = """
            v=0\r
            o=alice 2890844526 18446744073709551616 IN IP4 alice.example.com\r
            s= -\r
            q=a letter of the future\r
            c=IN IP6 2001:db8::1\r
            t=0 0\r
            a=setup:passive\r
            a=x-odd;stuff: kept  as is \r
            a=fingerprint:SHA-256 ab:CD:01\r
            m=audio 49170 RTP/AVP 0 8\r
            a=rtpmap:0 PCMU/8000\r
            m=message 7394 TCP/TLS/MSRP *\r
            c=IN IP4 192.0.2.1\r
            a=accept-types:message/cpim text/plain;charset=utf-8 image/*\r
            a=accept-wrapped-types:*\r
            a=path:msrps://r.example.com:2855/a;tcp msrps://alice.example.com:7394/2s93i9ek2a;tcp\r
            a=max-size:65536\r
            a=setup:actpass\r
            a=sendonly\r
            a=msrp-cema\r
            """;

    @Test
    void everyLineIsWrittenAsItWasRead() throws Exception {
        assertThat(read(CHAT).write()).isEqualTo(CHAT.getBytes(StandardCharsets.UTF_8));
        assertThat(read(CHAT.replace("\r", "") + "\n\n").toString()).isEqualTo(CHAT);
        assertThat(read(CHAT.stripTrailing()).toString()).isEqualTo(CHAT);
    }

    @Test
    void octetsThatAreNotUtf8AreKept() throws Exception {
        byte[] latin1 = "v=0\r\ns=caf\u00e9\r\na=x:\u00ff\u0080\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(SdpReader.read(latin1, LIMITS).write()).isEqualTo(latin1);
    }

    @Test
    void sessionAndMediaLevelsAreApart() throws Exception {
        SessionDescription description = read(CHAT);
        assertThat(description.origin().orElseThrow().version()).isEqualTo("18446744073709551616");
        assertThat(description.attribute("setup")).contains("passive");
        MediaDescription audio = description.media().get(0);
        assertThat(audio.formats()).containsExactly("0", "8");
        assertThat(description.connection(audio)).contains(new SdpConnection("IP6", "2001:db8::1"));
        assertThat(description.direction(audio)).isEqualTo(SdpDirection.SENDRECV);
        assertThat(MsrpMedia.isMsrp(audio)).isFalse();
        assertThat(audio.refused().line()).hasToString("m=audio 0 RTP/AVP 0 8");
    }

    @Test
    void anMsrpStreamIsReadWhole() throws Exception {
        SessionDescription description = read(CHAT);
        MediaDescription stream = description.media().get(1);
        assertThat(MsrpMedia.isMsrp(stream)).isTrue();
        MsrpMedia msrp = MsrpMedia.read(description, stream);
        assertThat(msrp.path())
                .containsExactly("msrps://r.example.com:2855/a;tcp", "msrps://alice.example.com:7394/2s93i9ek2a;tcp");
        assertThat(msrp.maxSize()).hasValue(65_536);
        assertThat(msrp.setup()).contains(SdpSetup.ACTPASS);
        assertThat(msrp.direction()).isEqualTo(SdpDirection.SENDONLY);
        assertThat(msrp.cema()).isTrue();
        assertThat(msrp.fingerprints()).containsExactly(new SdpFingerprint("sha-256", "AB:CD:01"));
        assertThat(msrp.accepts("text/plain")).isTrue();
        assertThat(msrp.accepts("TEXT/PLAIN; charset=x")).isTrue();
        assertThat(msrp.accepts("image/png")).isTrue();
        assertThat(msrp.accepts("text/html")).isFalse();
        assertThat(msrp.acceptsWrapped("text/html")).isTrue();
    }

    @Test
    void whatIsBuiltIsInTheStandardsOrder() throws Exception {
        MsrpMedia msrp = new MsrpMedia(
                List.of("msrp://[2001:db8::1]:2855/x;tcp"),
                AcceptTypes.of("message/cpim", "text/plain"),
                AcceptTypes.of("*"),
                OptionalLong.of(10_000),
                Optional.of(SdpSetup.ACTPASS),
                SdpDirection.SENDRECV,
                false,
                List.of(SdpFingerprint.of("SHA-256", new byte[] {1, (byte) 0xAB})));
        SessionDescription built = SessionDescription.builder(SdpOrigin.of(1, 2, "[2001:db8::1]"))
                .line(SdpLine.attribute("tool", "x"))
                .connection(SdpConnection.of("[2001:db8::1]"))
                .media(MediaDescription.builder("message", 2855, "TCP/TLS/MSRP")
                        .lines(msrp.lines())
                        .line(new SdpLine('i', "words"))
                        .build())
                .build();
        assertThat(built.toString()).isEqualTo("""
                        v=0\r
                        o=- 1 2 IN IP6 2001:db8::1\r
                        s=-\r
                        c=IN IP6 2001:db8::1\r
                        t=0 0\r
                        a=tool:x\r
                        m=message 2855 TCP/TLS/MSRP *\r
                        i=words\r
                        a=accept-types:message/cpim text/plain\r
                        a=accept-wrapped-types:*\r
                        a=max-size:10000\r
                        a=path:msrp://[2001:db8::1]:2855/x;tcp\r
                        a=setup:actpass\r
                        a=fingerprint:sha-256 01:AB\r
                        """);
        SessionDescription again = read(built.toString());
        assertThat(MsrpMedia.read(again, again.media().get(0))).isEqualTo(msrp);
        assertThat(again.media().get(0).information()).contains("words");
    }

    @Test
    void setupRolesAnswerAsTheTableSays() {
        assertThat(SdpSetup.of("holdconn")).isEmpty();
        assertThat(SdpSetup.ACTIVE.allowedAnswers()).containsExactly(SdpSetup.PASSIVE);
        assertThat(SdpSetup.PASSIVE.allowedAnswers()).containsExactly(SdpSetup.ACTIVE);
        assertThat(SdpSetup.ACTPASS.allowedAnswers()).containsExactlyInAnyOrder(SdpSetup.ACTIVE, SdpSetup.PASSIVE);
        assertThat(SdpDirection.SENDONLY.answer()).isEqualTo(SdpDirection.RECVONLY);
        assertThat(SdpDirection.INACTIVE.answer()).isEqualTo(SdpDirection.INACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "hello",
                "v",
                "=0",
                "1=0",
                "v=0\r\nm=message\r\n",
                "v=0\r\nm=message 70000 TCP/MSRP *",
                "v=0\r\nm=message -1 TCP/MSRP *",
                "v=0\r\nm=message 99999999999 TCP/MSRP *",
                "v=0\r\nx",
                "v=0\rm=x"
            })
    void whatIsNoDescriptionIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        SdpSyntaxException.class, e -> assertThat(e.offset()).isBetween(0, text.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=max-size:x", "a=max-size:-1", "a=fingerprint:sha-1", "a=fingerprint:sha-1 A:B", "a=path: "})
    void malformedAttributesAreRefused(String attribute) throws Exception {
        SessionDescription description = read("v=0\r\nm=message 1 TCP/MSRP *\r\n" + attribute
                + (attribute.contains("path") ? "" : "\r\na=path:msrp://a:1/b;tcp") + "\r\n");
        assertThatThrownBy(() -> MsrpMedia.read(description, description.media().get(0)))
                .isInstanceOf(SdpSyntaxException.class);
    }

    @Test
    void aRefusedStreamNeedsNoPath() throws Exception {
        SessionDescription description = read("v=0\r\nm=message 0 TCP/MSRP *\r\n");
        assertThat(MsrpMedia.read(description, description.media().get(0)).path())
                .isEmpty();
    }

    @Test
    void limitsHold() {
        assertThatThrownBy(() -> read("v=" + "0".repeat(70_000))).hasMessageContaining("65536 octets");
        assertThatThrownBy(() -> read("a=b\n".repeat(1_001))).hasMessageContaining("1000 lines");
        assertThatThrownBy(() -> read("m=a 1 b c\n".repeat(33))).hasMessageContaining("32 media");
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedDescriptions() {
        Random random = new Random(8866);
        byte[] seed = CHAT.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int run = 0; run < 30_000; run++) {
            byte[] mutant = seed.clone();
            for (int edits = random.nextInt(5); edits >= 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                SessionDescription description = SdpReader.read(mutant, LIMITS);
                description.origin();
                for (MediaDescription stream : description.media()) {
                    description.connection(stream);
                    if (MsrpMedia.isMsrp(stream)) {
                        MsrpMedia.read(description, stream).accepts("text/plain");
                    }
                }
                SdpReader.read(description.write(), LIMITS);
            } catch (SdpSyntaxException expected) {
                assertThat(expected.offset()).isBetween(0, seed.length);
                refused++;
            }
        }
        assertThat(refused).isBetween(2_000, 29_000);
    }

    private static SessionDescription read(String text) throws SdpSyntaxException {
        return SdpReader.read(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    }
}
