package org.isthmus.translation.cpim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpimReaderTest {

    private static final CpimLimits LIMITS = CpimLimits.defaults();

    private static final String MESSAGE = """
            From: "Röm\\"eo" <sip:romeo@example.net>\r
            To: <im:juliet@example.com>\r
            DateTime: 2026-11-21T12:16:49.123456+00:00\r
            Subject:;lang=cs Ahoj\\tZemě\r
            NS: imdn <urn:ietf:params:imdn>\r
            imdn.Message-ID: 34jk324j\r
            \r
            MIME-Version: 1.0\r
            Content-Type: text/plain;\r
             charset="utf8"\r
            \r
            Žluťoučký\r
            kůň""";

    @Test
    void everyPartIsRead() throws Exception {
        CpimMessage message = read(MESSAGE);
        assertThat(message.head().from()).contains(new CpimAddress(Optional.of("Röm\"eo"), "sip:romeo@example.net"));
        assertThat(message.head().to()).containsExactly(CpimAddress.of("im:juliet@example.com"));
        assertThat(message.head().dateTime()).contains(Instant.parse("2026-11-21T12:16:49.123456Z"));
        assertThat(message.head().subjects()).singleElement().satisfies(subject -> {
            assertThat(subject.lang()).contains("cs");
            assertThat(subject.value()).isEqualTo("Ahoj\tZemě");
        });
        assertThat(message.head().value(new CpimName(CpimName.IMDN, "Message-ID")))
                .contains("34jk324j");
        assertThat(message.head().contentType()).contains("text/plain; charset=\"utf8\"");
        assertThat(new String(message.content(), StandardCharsets.UTF_8)).isEqualTo("Žluťoučký\r\nkůň");
    }

    @Test
    void lineFeedsAloneReadTheSame() throws Exception {
        CpimMessage lf = read(MESSAGE.replace("\r", ""));
        assertThat(lf.head()).isEqualTo(read(MESSAGE).head());
        assertThat(new String(lf.content(), StandardCharsets.UTF_8)).isEqualTo("Žluťoučký\nkůň");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: <im:a@x>\r\nTo: <im:b@x>\r\nContent-Type: text/plain\r\n\r\nhi",
                "From: <im:a@x>\r\nTo: <im:b@x>\r\nMIME-Version: 1.0\r\ncontent-type: text/plain\r\n\r\nhi",
                "From: <im:a@x>\nTo: <im:b@x>\n\nContent-type:text/plain\n\nhi",
                "Content-Type: Message/CPIM\r\n\r\nFrom: <im:a@x>\r\nTo: <im:b@x>\r\n\r\nContent-Type: text/plain\r\n\r\nhi",
                "\r\nFrom:<im:a@x>\r\nTo:  <im:b@x>  \r\n\r\nContent-Type: text/plain\r\n\r\nhi",
                "From: im:a@x\r\nTo: im:b@x\r\n\r\nContent-Type: text/plain\r\n\r\nhi"
            })
    void whatAgentsInUseSendIsRead(String text) throws Exception {
        CpimMessage message = read(text);
        assertThat(message.head().from()).contains(CpimAddress.of("im:a@x"));
        assertThat(message.head().to()).containsExactly(CpimAddress.of("im:b@x"));
        assertThat(message.head().contentType()).contains("text/plain");
        assertThat(message.content()).containsExactly('h', 'i');
    }

    @Test
    void notificationHeadersWithoutTheirNamespaceAreUnderstood() throws Exception {
        CpimHead head = read("From: <im:a@x>\r\nimdn.Message-ID: m\r\nother.X: y\r\n\r\n\r\n")
                .head();
        assertThat(head.value(new CpimName(CpimName.IMDN, "Message-ID"))).contains("m");
        assertThat(head.value(new CpimName("", "other.X"))).contains("y");
    }

    @Test
    void theDefaultNamespaceAppliesToTheHeadersAfterIt() throws Exception {
        CpimHead head = read("From: <im:a@x>\r\nNS: <urn:x>\r\nFrom: other\r\nRequire: From\r\n\r\n\r\n")
                .head();
        assertThat(head.from()).contains(CpimAddress.of("im:a@x"));
        assertThat(head.value(new CpimName("urn:x", "From"))).contains("other");
        assertThat(head.required()).containsExactly(new CpimName("urn:x", "From"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "hello",
                "no colon\r\n\r\n\r\n",
                ": x\r\n\r\n\r\n",
                " From: <im:a@x>\r\n\r\n\r\n",
                "From: <im:a@x>\r\nTo: <im:b@x>",
                "From: <im:a@x>\r\n\r\nContent-Type: text/plain",
                "From: <im:a@x>\r\n\r\nContent-Type: text/plain\r\n",
                "From: <im:a@x>\r\n\r\nhello\r\n\r\n",
                "From: <im:a@x>\r\n\r\n folded\r\n\r\n",
                "NS: x\r\n\r\n\r\n"
            })
    void whatIsNoMessageIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        CpimSyntaxException.class, e -> assertThat(e.offset()).isBetween(0, text.length()));
    }

    @Test
    void invalidUtf8InAHeaderIsRefused() {
        byte[] octets = MESSAGE.getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> CpimReader.read(octets, LIMITS)).isInstanceOf(CpimSyntaxException.class);
    }

    @Test
    void limitsHold() {
        assertThatThrownBy(() -> read("X: " + "y".repeat(5_000) + "\r\n\r\n\r\n"))
                .hasMessageContaining("lines");
        assertThatThrownBy(() -> read("X: y\r\n".repeat(101) + "\r\n\r\n")).hasMessageContaining("100 headers");
        assertThatThrownBy(() -> read(("X: " + "y".repeat(3_000) + "\r\n").repeat(7) + "\r\n\r\n"))
                .hasMessageContaining("16384");
    }

    @Test
    void aHeadThatIsNotThereYetIsAskedForAgainAndContentIsNoPartOfIt() throws Exception {
        byte[] all = MESSAGE.getBytes(StandardCharsets.UTF_8);
        int head = MESSAGE.substring(0, MESSAGE.indexOf("Žluť")).getBytes(StandardCharsets.UTF_8).length;
        for (int cut = 0; cut <= all.length; cut++) {
            Optional<CpimReader.Parsed> parsed = CpimReader.readHead(Arrays.copyOf(all, cut), LIMITS);
            assertThat(parsed.isPresent()).isEqualTo(cut >= head);
            assertThat(parsed.map(CpimReader.Parsed::contentOffset)).isIn(Optional.empty(), Optional.of(head));
        }
    }

    @Test
    void whatIsWrittenIsStrictAndReadBack() throws Exception {
        CpimHead head = CpimHead.builder()
                .from(new CpimAddress(Optional.of("A \"B\" \\ C"), "im:a@x"))
                .to(new CpimAddress(Optional.of("Two Words"), "im:b@x"))
                .dateTime(Instant.parse("2026-11-21T12:00:00Z"))
                .header(CpimHeader.subject(Optional.empty(), "one\r\nX-Evil: 1\u0007"))
                .header(CpimHeader.subject(Optional.of("de"), "zwei"))
                .header(CpimHeader.of(new CpimName(CpimName.IMDN, "Message-ID"), "m1"))
                .header(CpimHeader.of(new CpimName("urn:other", "k"), "v"))
                .mime("Content-Type", "text/plain;\r\n charset=utf-8")
                .build();
        byte[] written = CpimWriter.write(new CpimMessage(head, "hi\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo("From: \"A \\\"B\\\" \\\\ C\" <im:a@x>\r\n"
                        + "To: Two Words <im:b@x>\r\n"
                        + "DateTime: 2026-11-21T12:00:00Z\r\n"
                        + "Subject: one\\r\\nX-Evil: 1\\u0007\r\n"
                        + "Subject:;lang=de zwei\r\n"
                        + "NS: imdn <urn:ietf:params:imdn>\r\n"
                        + "imdn.Message-ID: m1\r\n"
                        + "NS: n1 <urn:other>\r\n"
                        + "n1.k: v\r\n"
                        + "\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\n"
                        + "\r\n"
                        + "hi\n");
        CpimHead again = CpimReader.read(written, LIMITS).head();
        assertThat(again.from()).contains(new CpimAddress(Optional.of("A \"B\" \\ C"), "im:a@x"));
        assertThat(again.subjects().get(0).value()).isEqualTo("one\r\nX-Evil: 1\u0007");
        assertThat(again.prefixes()).isEqualTo(Map.of("imdn", CpimName.IMDN, "n1", "urn:other"));
    }

    @Test
    void randomValuesSurviveWritingAndReading() throws Exception {
        Random random = new Random(3862);
        for (int run = 0; run < 5_000; run++) {
            StringBuilder text = new StringBuilder("x");
            for (int i = random.nextInt(12); i > 0; i--) {
                text.appendCodePoint(random.nextBoolean() ? random.nextInt(0x80) : 0xA1 + random.nextInt(0x700));
            }
            String value = text.append('x').toString();
            CpimHead head = CpimHead.builder()
                    .from(new CpimAddress(Optional.of(value), "im:a@x"))
                    .header(CpimHeader.subject(Optional.empty(), value))
                    .mime("Content-Type", "text/plain")
                    .build();
            CpimHead again = CpimReader.readHead(CpimWriter.head(head), LIMITS)
                    .orElseThrow()
                    .head();
            assertThat(again.subjects().get(0).value()).isEqualTo(value);
            assertThat(again.from().orElseThrow().name()).contains(value);
        }
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedMessages() {
        Random random = new Random(3863);
        byte[] seed = MESSAGE.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int run = 0; run < 30_000; run++) {
            byte[] mutant = Arrays.copyOf(seed, run % 5 == 0 ? random.nextInt(seed.length) : seed.length);
            for (int edits = random.nextInt(5); edits > 0 && mutant.length > 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) ("\r\n:;<>\"\\. =,".charAt(random.nextInt(12)));
            }
            try {
                CpimMessage message = CpimReader.read(mutant, LIMITS);
                message.head().from();
                message.head().to();
                message.head().dateTime();
                message.head().subjects().forEach(CpimHeader::value);
                CpimReader.read(CpimWriter.write(message), LIMITS);
            } catch (CpimSyntaxException expected) {
                assertThat(expected.offset()).isBetween(0, seed.length);
                refused++;
            }
        }
        assertThat(refused).isBetween(3_000, 29_000);
    }

    private static CpimMessage read(String text) throws CpimSyntaxException {
        return CpimReader.read(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    }
}
