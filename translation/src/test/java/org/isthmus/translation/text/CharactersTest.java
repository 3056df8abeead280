package org.isthmus.translation.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.isthmus.translation.text.ReceivedText.Fault;
import org.isthmus.translation.text.ReceivedText.UndecodableTextException;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharactersTest {

    static List<Vector> xmlCharacters() {
        return Vectors.of("component", row -> row.id().startsWith("xmlchar-"));
    }

    @ParameterizedTest
    @MethodSource("xmlCharacters")
    void whatXmlCannotCarryIsReplaced(Vector row) {
        String cleaned = XmlCharacters.clean(row.input().get("sip_text").asText());
        assertThat(row.expect().get("xmpp_text").asText().split(" or ")).contains(cleaned);
    }

    @Test
    void unpairedSurrogatesAreReplaced() {
        assertThat(XmlCharacters.clean("a\uD800b\uDC00")).isEqualTo("a\uFFFDb\uFFFD");
        assertThat(XmlCharacters.clean("\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
    }

    @Test
    void lineBreaksBecomeLineFeeds() {
        assertThat(XmlCharacters.cleanLines("a\r\nb\rc\nd\r\n\r\n")).isEqualTo("a\nb\nc\nd\n\n");
    }

    @Test
    void headerTextIsOneLineWithoutControls() {
        assertThat(HeaderText.clean(" a\r\nX-Evil: 1\t\u0000b\u0085c\u2028d\u2029 \u007F "))
                .isEqualTo("a X-Evil: 1 b c d");
        assertThat(HeaderText.clean("\r\n")).isEmpty();
        assertThat(HeaderText.clean("aé😀", 3)).isEqualTo("aé");
        assertThat(HeaderText.clean("aé😀", 6)).isEqualTo("aé");
        assertThat(HeaderText.clean("aé😀", 7)).isEqualTo("aé😀");
        assertThat(HeaderText.clean("\uD83D")).isEqualTo("\uFFFD");
    }

    @ParameterizedTest
    @CsvSource({
        "636166c3a9, , café",
        "636166c3a9, UTF-8, café",
        "636166c3a9, utf8, café",
        "636166c3a9, US-ASCII, café",
        "636166e9, iso-8859-1, café",
        "636166e9, latin1, café",
        "8261938081, ISO-8859-1, \u0082a\u0093\u0080\u0081",
        "93e9, iso-8859-1, \u201Cé",
        "a4, iso-8859-15, €",
        "efbbbf61, utf-8, a",
        "feff00e9, utf-16, é",
        "e900, utf-16le, é",
        "82a0, shift_jis, あ"
    })
    void textIsDecodedAsItsLabelSays(String hex, String label, String expected) throws Exception {
        assertThat(ReceivedText.decode(HexFormat.of().parseHex(hex), Optional.ofNullable(label)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "61ff62, , NOT_IN_CHARSET",
        "c0af, utf-8, NOT_IN_CHARSET",
        "eda080, utf8, NOT_IN_CHARSET",
        "ff, us-ascii, NOT_IN_CHARSET",
        "61, x-no-such, UNKNOWN_CHARSET",
        "61, 'a b', UNKNOWN_CHARSET",
        "61, utf-7, UNKNOWN_CHARSET"
    })
    void whatIsNotTheLabelledCharsetIsRefused(String hex, String label, Fault fault) {
        assertThatThrownBy(() -> ReceivedText.decode(HexFormat.of().parseHex(hex), Optional.ofNullable(label)))
                .isInstanceOfSatisfying(
                        UndecodableTextException.class,
                        e -> assertThat(e.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFEFF"})
    void nothingIsEmptyText(String text) throws Exception {
        assertThat(ReceivedText.decode(text.getBytes(StandardCharsets.UTF_8), Optional.empty()))
                .isEmpty();
    }
}
