package org.isthmus.translation.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {

    private static final String TYPE = "multipart/mixed; boundary=\"b 1\"";

    private static final String BODY =
            "preamble\r\n--b 1\r\nContent-Type: text/plain;\r\n charset=utf-8\r\n\r\nŽluť\r\n"
                    + "--b 1\r\ncontent-type: multipart/alternative; boundary=in\r\n\r\n--in\r\n\r\nx\r\n--in--\r\n"
                    + "--b 1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n"
                    + "Content-Disposition: attachment; handling=optional\r\n\r\nPGI+eTwvYj4=\r\n--b 1--\r\nepilogue";

    @Test
    void partsAreReadOneLevel() throws Exception {
        List<MimePart> parts = read(BODY, TYPE);
        assertThat(parts).hasSize(3);
        assertThat(parts.get(0).contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(new String(parts.get(0).content(), StandardCharsets.UTF_8)).isEqualTo("Žluť");
        assertThat(parts.get(0).isOptional()).isFalse();
        List<MimePart> inner = read(
                new String(parts.get(1).content(), StandardCharsets.UTF_8),
                parts.get(1).contentType());
        assertThat(inner).singleElement().satisfies(part -> {
            assertThat(part.contentType()).isEqualTo("text/plain");
            assertThat(part.content()).containsExactly('x');
        });
        assertThat(new String(parts.get(2).content(), StandardCharsets.UTF_8)).isEqualTo("<b>y</b>");
        assertThat(parts.get(2).isOptional()).isTrue();
    }

    @Test
    void lineFeedsAloneReadTheSame() throws Exception {
        assertThat(read(BODY.replace("\r", ""), TYPE).get(0).content())
                .isEqualTo(read(BODY, TYPE).get(0).content());
        assertThat(read(BODY.replace("\r", ""), TYPE)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/mixed", "multipart/mixed; boundary=\"\"", "text", "multipart/mixed; boundary=other"})
    void withoutPartsItIsRefused(String type) {
        assertThatThrownBy(() -> read(BODY, type)).isInstanceOf(MultipartSyntaxException.class);
    }

    @Test
    void limitsHold() {
        String many = "--b\r\n\r\nx\r\n".repeat(33) + "--b--";
        assertThatThrownBy(() -> read(many, "multipart/mixed;boundary=b")).hasMessageContaining("32 parts");
        assertThatThrownBy(() -> read("x".repeat(1024 * 1024 + 1), TYPE)).hasMessageContaining("octets");
        String header = "--b\r\nX: " + "y".repeat(10_000) + "\r\n\r\nx\r\n--b--";
        assertThatThrownBy(() -> read(header, "multipart/mixed;boundary=b"))
                .isInstanceOf(MultipartSyntaxException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "base64, eHl6, xyz",
        "BASE64, 'eH l6', xyz",
        "quoted-printable, x=3Dz, x=z",
        "8bit, x=3Dz, x=3Dz",
        ", xyz, xyz"
    })
    void transferEncodingsAreUndone(String encoding, String text, String expected) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(
                        TransferEncoding.decode(octets, Optional.ofNullable(encoding)), StandardCharsets.US_ASCII))
                .isEqualTo(expected);
    }

    @Test
    void onlyTheSyntaxExceptionEscapesFromMutatedBodies() {
        Random random = new Random(2046);
        byte[] seed = BODY.getBytes(StandardCharsets.UTF_8);
        int parsed = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] mutant = seed.clone();
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                mutant[random.nextInt(mutant.length)] = (byte) "\r\n-:; =b1\"\u0000\u00ff".charAt(random.nextInt(12));
            }
            try {
                assertThat(Multipart.read(
                                mutant, run % 7 == 0 ? TYPE.substring(0, run % 29) : TYPE, MimeLimits.defaults()))
                        .isNotEmpty();
                parsed++;
            } catch (MultipartSyntaxException expected) {
                assertThat(expected.part()).isNotNegative();
            }
        }
        assertThat(parsed).isBetween(5_000, 19_999);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | text/plain | ",
                " Text / PLAIN ;Charset=UTF-8 | text/plain | UTF-8",
                "text/plain;charset=\"utf\\\"8\" ;x=y | text/plain | utf\"8",
                "text/plain;;charset = a | text/plain | a",
                "text/plain;charset=\"open | text/plain | open",
                "text/plain;charset | text/plain | ",
                "text/plain;charset=a;charset=b | text/plain | a"
            })
    void mediaTypesAreRead(String value, String essence, String charset) {
        MediaType type = MediaType.parse(value).orElseThrow();
        assertThat(type.essence()).isEqualTo(essence);
        assertThat(type.param("charset")).isEqualTo(Optional.ofNullable(charset));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "text", "/", "text/", "/plain", "te xt/plain", "text/pl ain", ";text/plain", "text;x=a/b"})
    void whatIsNoMediaTypeIsNone(String value) {
        assertThat(MediaType.parse(value)).isEmpty();
    }

    private static List<MimePart> read(String body, String type) throws MultipartSyntaxException {
        return Multipart.read(body.getBytes(StandardCharsets.UTF_8), type, MimeLimits.defaults());
    }
}
