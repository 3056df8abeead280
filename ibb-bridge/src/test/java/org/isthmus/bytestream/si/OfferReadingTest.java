package org.isthmus.bytestream.si;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dom4j.Element;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.VectorFile;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.translation.error.StanzaCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferReadingTest {

    private static final List<StreamMethod> BOTH = List.of(StreamMethod.SOCKS5, StreamMethod.IBB);

    @Test
    void everythingWrittenIsReadAgain() throws MalformedRequestException {
        SiFile file = SiFile.of("series 1.dcm", 200_000_000L)
                .modified(Instant.parse("1969-07-21T02:56:15Z"))
                .md5("552DA749930852C69AE5D2141D3766B1")
                .description("knee & <left>")
                .withRanges();
        SiOffer offer = SiOffer.of("sid1", Optional.of("application/dicom"), file, BOTH);
        assertThat(SiOfferXml.read(VectorFile.parse(SiOfferXml.write(offer).asXML())))
                .isEqualTo(offer);
    }

    @Test
    void anAnswerWithARangeIsReadAgain() throws MalformedRequestException {
        SiAnswer answer =
                new SiAnswer(StreamMethod.IBB, Optional.empty(), Optional.of(new SiRange(128, OptionalLong.of(256))));
        Element written = VectorFile.parse(SiAnswerXml.write(answer).asXML());
        assertThat(SiAnswerXml.read(Optional.of(written), BOTH, 1022)).isEqualTo(answer);
        assertThat(written.attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1969-07-21T02:56:15Z, 1969-07-21T02:56:15Z",
        "1969-07-21T02:56:15.25Z, 1969-07-21T02:56:15.25Z",
        "1969-07-20T21:56:15-05:00, 1969-07-21T02:56:15Z",
        "20020910T23:41:07, 2002-09-10T23:41:07Z"
    })
    void datesOfTheProfileAndOfOldClientsAreRead(String text, Instant time) throws MalformedRequestException {
        assertThat(withAttribute("date", text).modified()).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "1969-07-21", "1969-13-41T02:56:15Z", "99999999999999"})
    void aDateThatCannotBeReadIsNoReasonToLoseAFile(String text) throws MalformedRequestException {
        assertThat(withAttribute("date", text).modified()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "552da749930852c69ae5d2141d3766b", "552da749930852c69ae5d2141d3766b1aa", "none"})
    void aHashThatIsNoMd5IsNoHash(String text) throws MalformedRequestException {
        assertThat(withAttribute("hash", text).md5()).isEmpty();
    }

    @Test
    void aLongDescriptionIsCutBetweenCharacters() throws MalformedRequestException {
        Element si = offer();
        si.element(SiNames.FILE).addElement(SiNames.DESC).addText("x" + "\uD83E\uDE7B".repeat(5_000));
        String words = SiOfferXml.read(si).file().description().orElseThrow();
        assertThat(words).hasSize(2047).doesNotEndWith("\uD83E");
    }

    @Test
    void anOfferWithoutMethodsHasNothingUsable() throws MalformedRequestException {
        Element si = offer();
        si.remove(si.element(SiNames.FEATURE));
        assertThat(SiOfferXml.read(si).usable(BOTH)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(StanzaCondition.class)
    void everyConditionHasAMeaning(StanzaCondition condition) {
        assertThat(SiRefusal.of(IqError.of(condition, condition.defaultType()))).isNotNull();
    }

    @Test
    void aRangeIsWithinTheFileUpToItsEnd() {
        assertThat(SiRange.from(0).within(0)).isTrue();
        assertThat(SiRange.from(5).within(5)).isTrue();
        assertThat(SiRange.from(6).within(5)).isFalse();
        assertThat(new SiRange(2, OptionalLong.of(3)).within(5)).isTrue();
        assertThat(new SiRange(2, OptionalLong.of(4)).within(5)).isFalse();
        assertThat(new SiRange(2, OptionalLong.of(Long.MAX_VALUE)).within(5)).isFalse();
        assertThat(SiRange.from(2).octetsOf(5)).isEqualTo(3);
    }

    private static SiFile withAttribute(String name, String value) throws MalformedRequestException {
        Element si = offer();
        si.element(SiNames.FILE).addAttribute(name, value);
        return SiOfferXml.read(si).file();
    }

    private static Element offer() {
        return SiOfferXml.write(SiOffer.of("sid1", Optional.empty(), SiFile.of("a.txt", 5), BOTH));
    }
}
