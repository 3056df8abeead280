package org.isthmus.bytestream.si;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isthmus.bytestream.VectorFile.withoutText;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.StreamMethod;
import org.isthmus.bytestream.VectorFile;
import org.isthmus.bytestream.VectorFile.Vector;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqErrorXml;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.error.StanzaCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SiVectorsTest {

    private static final VectorFile VECTORS = VectorFile.load("si.json");
    private static final List<StreamMethod> BOTH = List.of(StreamMethod.SOCKS5, StreamMethod.IBB);

    private static final Map<String, Consumer<Vector>> CHECKS = Map.ofEntries(
            entry("ex95-disco", SiVectorsTest::disco),
            entry("ex95-offer", SiVectorsTest::offer),
            entry("ex95-accept-profile", SiVectorsTest::answer),
            entry("ex95-no-valid", SiVectorsTest::noValidStreams),
            entry("ex95-bad-profile", SiVectorsTest::badProfile),
            entry("ex95-declined", SiVectorsTest::declined),
            entry("ex96-offer-simple", SiVectorsTest::offer),
            entry("ex96-result-complete", SiVectorsTest::answer),
            entry("range-offlen", SiVectorsTest::range),
            entry("range-off", SiVectorsTest::range),
            entry("range-oob", SiVectorsTest::rangeOutside),
            entry("range-neg", SiVectorsTest::rangeNegative),
            entry("range-unoffered", SiVectorsTest::rangeUnoffered),
            entry("offer-range-child", SiVectorsTest::offer),
            entry("offer-size-zero", SiVectorsTest::offer),
            entry("offer-size-huge", SiVectorsTest::offerHuge),
            entry("offer-size-overflow", SiVectorsTest::refused),
            entry("offer-size-neg", SiVectorsTest::refused),
            entry("offer-name-missing", SiVectorsTest::refused),
            entry("offer-name-path", SiVectorsTest::offer),
            entry("offer-name-quote", SiVectorsTest::offer),
            entry("offer-s5b-only", SiVectorsTest::offerOneMethod),
            entry("offer-other-profile", SiVectorsTest::refused),
            entry("offer-no-id", SiVectorsTest::refused),
            entry("offer-hash-upper", SiVectorsTest::offer),
            entry("offer-desc-long", SiVectorsTest::offer),
            entry("result-two-values", SiVectorsTest::answer),
            entry("result-empty", SiVectorsTest::answerEmpty),
            entry("sid-link", SiVectorsTest::sidIsOfferId),
            entry("method-pref", SiVectorsTest::preference),
            entry("disco-missing", SiVectorsTest::discoMissing));

    /** Keys of an expectation that no check here reads, with the reason. */
    private static final Map<String, String> OTHER_ROOMS = Map.of(
            "sip", "the SIP code of a refusal is a table of the gateway",
            "sdp_name", "quoting in a file-selector belongs to the SDP translation");

    static Stream<Arguments> vectors() {
        return VECTORS.checkedBy(CHECKS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void behavesAsTheVectorSays(String id, Vector vector, Consumer<Vector> check) {
        check.accept(vector);
    }

    @Test
    void noVectorIsForgotten() {
        VECTORS.assertNoneForgotten(CHECKS.keySet(), Map.of());
    }

    private static void offer(Vector vector) {
        SiOffer offer = read(vector);
        assertThat(SiOfferXml.isSi(vector.payload())).isTrue();
        vector.expect().properties().forEach(field -> {
            JsonNode want = field.getValue();
            switch (field.getKey()) {
                case "si_id" -> assertThat(offer.id()).isEqualTo(want.asText());
                case "mime" -> assertThat(offer.mimeType()).contains(want.asText());
                case "profile" -> assertThat(want.asText()).isEqualTo("file-transfer");
                case "name" -> assertThat(offer.file().name()).isEqualTo(want.asText());
                case "size" -> assertThat(offer.file().size()).isEqualTo(want.asLong());
                case "desc" -> assertThat(offer.file().description()).contains(want.asText());
                case "hash_md5" -> assertThat(offer.file().md5()).contains(want.asText());
                case "methods" -> assertThat(offer.methods()).isEqualTo(texts(want));
                case "range_supported" -> assertThat(offer.file().ranges()).isEqualTo(want.asBoolean());
                case "accept" -> assertThat(offer.usable(BOTH)).isEqualTo(BOTH);
                default -> assertThat(OTHER_ROOMS).containsKey(field.getKey());
            }
        });
        assertThat(again(offer)).isEqualTo(offer);
    }

    private static SiOffer again(SiOffer offer) {
        try {
            return SiOfferXml.read(VectorFile.parse(SiOfferXml.write(offer).asXML()));
        } catch (MalformedRequestException ours) {
            throw new AssertionError(ours);
        }
    }

    private static void offerHuge(Vector vector) {
        assertThat(read(vector).file().size()).isEqualTo(Long.MAX_VALUE);
        assertThat(vector.expect().get("accept_or_decline").asText()).contains("policy");
    }

    private static void offerOneMethod(Vector vector) {
        assertThat(read(vector).usable(BOTH))
                .containsExactly(
                        StreamMethod.of(vector.expect().get("method").asText()).orElseThrow());
    }

    private static void refused(Vector vector) {
        assertThatThrownBy(() -> SiOfferXml.read(vector.payload()))
                .isInstanceOfSatisfying(
                        MalformedRequestException.class,
                        refused -> assertThat(withoutText(refused.answer())).isEqualTo(vector.error()));
    }

    private static void answer(Vector vector) {
        SiAnswer answer = readAnswer(vector, BOTH);
        vector.expect().properties().forEach(field -> {
            JsonNode want = field.getValue();
            switch (field.getKey()) {
                case "method" -> assertThat(answer.method().namespace()).isEqualTo(want.asText());
                case "fallback" ->
                    assertThat(answer.fallback().orElseThrow().namespace()).isEqualTo(want.asText());
                case "range" -> assertThat(answer.range()).isEmpty();
                case "profile_child_ignored" -> assertThat(want.asBoolean()).isTrue();
                default -> throw new AssertionError("unread expectation " + field.getKey());
            }
        });
    }

    private static void answerEmpty(Vector vector) {
        assertThat(vector.xml().elements()).isEmpty();
        assertThatThrownBy(() -> SiAnswerXml.read(Optional.empty(), BOTH, 5))
                .isInstanceOf(MalformedRequestException.class);
        assertThat(readEmpty().method()).isEqualTo(StreamMethod.IBB);
        assertThat(vector.expect().get("action").asText()).contains("unless exactly one method was offered");
    }

    private static SiAnswer readEmpty() {
        try {
            return SiAnswerXml.read(Optional.empty(), List.of(StreamMethod.IBB), 5);
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void noValidStreams(Vector vector) {
        IqError error = IqErrorXml.read(vector.payload());
        assertThat(withoutText(error)).isEqualTo(vector.error()).isEqualTo(SiErrors.NO_VALID_STREAMS);
        assertThat(SiRefusal.of(error)).isEqualTo(SiRefusal.NO_COMMON_METHOD);
    }

    private static void badProfile(Vector vector) {
        IqError printed = IqErrorXml.read(vector.payload());
        Set<String> types = Set.copyOf(texts(vector.expect().get("error").get("type_one_of")));
        assertThat(types)
                .contains(printed.type().wire(), SiErrors.BAD_PROFILE.type().wire());
        assertThat(SiErrors.BAD_PROFILE.type()).isEqualTo(StanzaCondition.Type.MODIFY);
        for (IqError form : List.of(printed, SiErrors.BAD_PROFILE)) {
            assertThat(form.application().orElseThrow().name()).isEqualTo("bad-profile");
            assertThat(SiRefusal.of(form)).isEqualTo(SiRefusal.NOT_SUPPORTED);
        }
    }

    private static void declined(Vector vector) {
        IqError error = IqErrorXml.read(vector.payload());
        assertThat(error).isEqualTo(SiErrors.DECLINED);
        assertThat(error.text())
                .contains(vector.expect().get("error").get("text").asText());
        assertThat(SiRefusal.of(error)).isEqualTo(SiRefusal.DECLINED);
        assertThat(IqErrorXml.read(IqErrorXml.write(SiErrors.DECLINED, "jabber:component:accept")))
                .isEqualTo(error);
    }

    private static void range(Vector vector) {
        SiRange range = readRange(vector).orElseThrow();
        JsonNode expect = vector.expect();
        assertThat(range.offset()).isEqualTo(expect.get("offset").asLong());
        assertThat(range.length())
                .isEqualTo(
                        expect.get("length").isNull()
                                ? OptionalLong.empty()
                                : OptionalLong.of(expect.get("length").asLong()));
        String last =
                range.lastOctet().isPresent() ? Long.toString(range.lastOctet().getAsLong()) : "*";
        assertThat(range.firstOctet() + "-" + last)
                .isEqualTo(expect.get("rfc5547_file_range").asText());
    }

    private static Optional<SiRange> readRange(Vector vector) {
        try {
            return SiAnswerXml.readRange(vector.xml());
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void rangeOutside(Vector vector) {
        JsonNode asked = vector.input().get("range");
        SiRange range = new SiRange(
                asked.get("offset").asLong(),
                OptionalLong.of(asked.get("length").asLong()));
        long size = vector.input().get("size").asLong();
        assertThat(range.within(size)).isFalse();
        assertRefusedRange(
                vector,
                "<range xmlns='" + SiNames.FILE_TRANSFER + "' offset='" + range.offset() + "' length='1'/>",
                size);
    }

    private static void rangeNegative(Vector vector) {
        String inProfile = vector.input().asText().replace("<range ", "<range xmlns='" + SiNames.FILE_TRANSFER + "' ");
        assertRefusedRange(vector, inProfile, 100);
    }

    private static void assertRefusedRange(Vector vector, String range, long size) {
        assertThatThrownBy(() -> SiAnswerXml.read(Optional.of(answerWith(range)), BOTH, size))
                .isInstanceOfSatisfying(
                        MalformedRequestException.class,
                        refused -> assertThat(withoutText(refused.answer())).isEqualTo(vector.error()));
    }

    private static org.dom4j.Element answerWith(String range) {
        org.dom4j.Element si = SiAnswerXml.write(SiAnswer.of(StreamMethod.IBB));
        si.addElement(SiNames.FILE).add(VectorFile.parse(range));
        return si;
    }

    /** The reader passes the range on: whether the file's owner can begin in the middle is known elsewhere. */
    private static void rangeUnoffered(Vector vector) {
        long offset = vector.input().get("result_has_range").get("offset").asLong();
        try {
            SiAnswer answer = SiAnswerXml.read(
                    Optional.of(answerWith("<range xmlns='" + SiNames.FILE_TRANSFER + "' offset='" + offset + "'/>")),
                    BOTH,
                    1022);
            assertThat(answer.range()).contains(SiRange.from(offset));
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void sidIsOfferId(Vector vector) {
        String id = vector.input().get("si_id").asText();
        StreamKey key = new StreamKey(Jids.parse("a@x.test/r"), Jids.parse("joe@sip.test/g"), id);
        assertThat(key.sid())
                .isEqualTo(vector.expect().get("ibb_sid").asText())
                .isEqualTo(vector.expect().get("s5b_sid").asText());
        SiOffer other = SiOffer.of("other", Optional.empty(), SiFile.of("a", 1), BOTH);
        OfferSender sender = new OfferSender((request, answer) -> {});
        assertThatThrownBy(() -> sender.offer(key, other, java.time.Duration.ofMinutes(10), null, outcome -> {}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void preference(Vector vector) {
        SiOffer offer = new SiOffer(
                "a0", Optional.empty(), SiFile.of("a", 1), texts(vector.input().get("offered")));
        assertThat(offer.usable(BOTH).stream().map(StreamMethod::namespace).toList())
                .isEqualTo(texts(vector.expect().get("prefer")));
    }

    private static void disco(Vector vector) {
        Set<String> announced = vector.payload().elements().stream()
                .map(feature -> feature.attributeValue("var"))
                .collect(Collectors.toSet());
        assertThat(SiNames.canReceiveFiles(announced)).isTrue();
        assertThat(SiNames.FEATURES).containsAll(texts(vector.expect().get("features")));
    }

    private static void discoMissing(Vector vector) {
        assertThat(SiNames.canReceiveFiles(Set.copyOf(texts(vector.input().get("peer_features")))))
                .isFalse();
    }

    private static SiOffer read(Vector vector) {
        try {
            return SiOfferXml.read(vector.payload());
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static SiAnswer readAnswer(Vector vector, List<StreamMethod> offered) {
        try {
            return SiAnswerXml.read(Optional.of(vector.payload()), offered, 1022);
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
