package org.isthmus.translation.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isthmus.translation.vectors.People.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.translation.Translated;
import org.isthmus.translation.error.StatusToStanzaError;
import org.isthmus.translation.sdp.MediaDescription;
import org.isthmus.translation.sdp.MsrpMedia;
import org.isthmus.translation.sdp.SdpDirection;
import org.isthmus.translation.sdp.SdpLimits;
import org.isthmus.translation.sdp.SdpReader;
import org.isthmus.translation.sdp.SdpSetup;
import org.isthmus.translation.sdp.SessionDescription;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.isthmus.translation.vectors.WireText;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileVectorsTest {

    private static final String ID = "Q6LMoGymJdh0IKIgD6wD0jkcfgva4xvE";

    /** Rows that describe a session's behaviour. */
    private static Map<String, String> elsewhere() {
        Map<String, String> rows = new HashMap<>();
        for (String id : List.of(
                "FT-ID-DONE",
                "FT-ID-SESSIONTIMER",
                "FT-ABORT-SENDER",
                "FT-ABORT-RECV-FRYES",
                "FT-ABORT-RECV-FRNO",
                "FT-ABORT-SIP-HASH",
                "FT-ABORT-SIP-PORT0",
                "FT-ABORT-SIP-BYE",
                "FT-ABORT-SHORT",
                "FT-HASH-BAD",
                "FT-ONEFILE",
                "FT-DONE",
                "FT-MAXSIZE",
                "FT-MULTIPART-415",
                "FT-X2S-REJ-PORT0")) {
            rows.put(id, "a transfer's life: component.file, msrp.file");
        }
        rows.put("FT-PULL", "refused by the direction: component.file");
        rows.put("FT-ID-FORMAT", "ids are made by component.file");
        return rows;
    }

    static List<Vector> descriptions() {
        return Vectors.of("file-transfer", row -> row.id().startsWith("FT-5547-"));
    }

    static List<Vector> selectors() {
        return Vectors.of(
                "file-transfer",
                row -> row.id().startsWith("FT-SEL-") || row.id().equals("FT-SHA256"));
    }

    static List<Vector> ranges() {
        return Vectors.of("file-transfer", row -> row.id().startsWith("FT-RANGE-"));
    }

    static List<Vector> dates() {
        return Vectors.of("file-transfer", row -> row.id().startsWith("FT-DATE-"));
    }

    static List<Vector> repeated() {
        return Vectors.of(
                "file-transfer",
                row -> row.input().has("file_transfer_id") || row.input().has("offer_port"));
    }

    static List<Vector> rejections() {
        return Vectors.of(
                "file-transfer",
                row -> row.id().startsWith("FT-X2S-REJ-") && row.input().has("sip_status"));
    }

    @Test
    void everyVectorIsExecutedOrListed() {
        Set<String> executed = new HashSet<>(
                Set.of("FT-PUSH-ACCEPT", "FT-PUSH-NOSIZE", "FT-PUSH-RANGE", "FT-X2S-OFFER", "FT-RESUME", "FT-CAP"));
        for (List<Vector> rows : List.of(descriptions(), selectors(), ranges(), dates(), repeated(), rejections())) {
            executed.addAll(rows.stream().map(Vector::id).collect(Collectors.toSet()));
        }
        assertThat(Vectors.unaccounted("file-transfer", executed, elsewhere())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void aDescriptionIsReadAsPrinted(Vector row) throws Exception {
        SessionDescription description = sdp(row.input());
        MediaDescription stream = description.media().get(0);
        MsrpMedia msrp = MsrpMedia.read(description, stream);
        FileOffer file = FileMedia.read(stream);
        JsonNode expect = row.expect();
        expect.fieldNames().forEachRemaining(field -> {
            JsonNode value = expect.get(field);
            switch (field) {
                case "port" -> assertThat(stream.port()).isEqualTo(value.asInt());
                case "proto" -> assertThat(stream.protocol()).isEqualTo(value.asText());
                case "direction" -> assertThat(msrp.direction().wire()).isEqualTo(value.asText());
                case "description" -> assertThat(file.description()).contains(value.asText());
                case "accept_types" -> assertThat(msrp.acceptTypes().types()).isEqualTo(texts(value));
                case "accept_wrapped_types" ->
                    assertThat(msrp.acceptWrappedTypes().types()).isEqualTo(texts(value));
                case "path" -> assertThat(msrp.path()).isEqualTo(texts(value));
                case "file_selector" -> check(file.selector(), value);
                case "file_transfer_id" -> assertThat(file.transferId()).contains(value.asText());
                case "file_disposition" -> assertThat(file.disposition()).contains(value.asText());
                case "file_icon" -> assertThat(file.icon()).contains(value.asText());
                case "file_range" ->
                    assertThat(file.range().map(FileRange::wire)).contains(value.asText());
                case "file_date" -> assertThat(file.dates()).isEqualTo(printedDates(value));
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
        MediaDescription again = FileMedia.write(file, stream.port(), stream.protocol(), msrp);
        assertThat(FileMedia.read(again)).isEqualTo(file);
    }

    @ParameterizedTest
    @MethodSource("selectors")
    void aSelectorIsReadOrRefused(Vector row) throws Exception {
        String attribute = row.input().get("attribute").asText();
        String value = attribute.substring("a=file-selector:".length());
        if (row.expect().has("valid")) {
            assertThat(row.expect().get("valid").asBoolean()).isFalse();
            assertThatThrownBy(() -> FileSelector.parse(value)).isInstanceOf(FileSyntaxException.class);
            return;
        }
        FileSelector selector = FileSelector.parse(value);
        check(selector, row.expect());
        assertThat(FileSelector.parse(selector.wire())).isEqualTo(selector);
        if (row.input().has("sdp")) {
            MediaDescription stream = sdp(row.input()).media().get(0);
            assertThat(FileMedia.read(stream).selector()).isEqualTo(selector);
        }
    }

    private static void check(FileSelector selector, JsonNode expect) {
        assertThat(selector.name()).isEqualTo(text(expect, "name"));
        assertThat(selector.type()).isEqualTo(text(expect, "type"));
        assertThat(selector.size())
                .isEqualTo(
                        expect.has("size") ? OptionalLong.of(expect.get("size").asLong()) : OptionalLong.empty());
        List<FileHash> hashes = new ArrayList<>();
        expect.path("hash")
                .forEach(hash -> hashes.add(
                        new FileHash(hash.get("alg").asText(), hash.get("value").asText())));
        assertThat(selector.hashes()).isEqualTo(hashes);
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void aRangeIsReadOrRefused(Vector row) throws Exception {
        String value = row.input().get("attribute").asText().substring("a=file-range:".length());
        if (row.expect().has("valid")) {
            assertThatThrownBy(() -> FileRange.parse(value)).isInstanceOf(FileSyntaxException.class);
            return;
        }
        FileRange range = FileRange.parse(value);
        assertThat(range.start()).isEqualTo(row.expect().get("start").asLong());
        assertThat(range.stop())
                .isEqualTo(
                        row.expect().get("stop").asText().equals("*")
                                ? OptionalLong.empty()
                                : OptionalLong.of(row.expect().get("stop").asLong()));
        assertThat(range.wire()).isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("dates")
    void datesAreRead(Vector row) throws Exception {
        FileDates dates = FileDates.parse(row.input().get("attribute").asText().substring("a=file-date:".length()));
        if (row.expect().has("lenient")) {
            assertThat(dates.creation())
                    .contains(Instant.parse(row.expect().get("lenient").asText()));
        } else {
            assertThat(dates.creation())
                    .isEqualTo(text(row.expect(), "creation").map(Instant::parse));
            assertThat(dates.modification())
                    .isEqualTo(text(row.expect(), "modification").map(Instant::parse));
            assertThat(dates.read()).isEqualTo(text(row.expect(), "read").map(Instant::parse));
        }
        assertThat(FileDates.parse(dates.wire())).isEqualTo(dates);
    }

    @ParameterizedTest
    @MethodSource("repeated")
    void aRepeatedOfferFollowsFigure3(Vector row) throws Exception {
        FileOffer before = FileOffer.of(FileSelector.parse("name:\"a\" size:1")).withTransferId("one");
        String id = row.input().path("file_transfer_id").asText().equals("changed") ? "two" : "one";
        boolean same = !row.input().path("file").asText().equals("different");
        FileOffer now = FileOffer.of(FileSelector.parse(same ? "name:\"a\" size:1" : "name:\"b\" size:1"))
                .withTransferId(id);
        MediaDescription stream = MediaDescription.builder(
                        "message", row.input().has("offer_port") ? 0 : 2855, "TCP/MSRP")
                .build();
        RepeatedOffer expected = row.input().has("offer_port")
                ? RepeatedOffer.ENDED
                : switch (row.expect().get("result").asText()) {
                    case "new transfer" -> RepeatedOffer.NEW_TRANSFER;
                    case "error: abort (port 0)" -> RepeatedOffer.CONTRADICTION;
                    case "existing transfer continues, nothing new is sent" -> RepeatedOffer.UNCHANGED;
                    default -> throw new AssertionError("unread expectation");
                };
        assertThat(RepeatedOffer.of(before, now, stream)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void refusalsFollowTable3(Vector row) {
        assertThat(StatusToStanzaError.translate(row.input().get("sip_status").asInt(), "", Optional.empty())
                        .orElseThrow()
                        .condition()
                        .wire())
                .isEqualTo(row.expect().get("table3_condition").asText());
    }

    @Test
    void aPushBecomesAnOfferAndItsAnswersAreAsTheStandardWants() throws Exception {
        Vector row = row("FT-PUSH-ACCEPT");
        FileOffer pushed = FileMedia.read(sdp(row.input()).media().get(0));
        JsonNode si = row.expect().get("si_offer");
        SiFile offer = ok(SdpToSi.translate(pushed));
        XmlElement element = offer.write();
        assertThat(element.attribute("name")).isEqualTo(text(si, "name"));
        assertThat(element.attribute("size")).isEqualTo(text(si, "size"));
        assertThat(element.attribute("date")).isEqualTo(text(si, "date"));
        assertThat(element.attribute("hash")).isEqualTo(text(si, "hash"));
        assertThat(element.child(SiFile.NAMESPACE, "desc").map(XmlElement::text))
                .isEqualTo(text(si, "desc"));
        assertThat(offer.offer().selector().type()).isEqualTo(text(si, "mime"));
        assertThat(element.child(SiFile.NAMESPACE, "range").isPresent())
                .isEqualTo(si.get("range_supported").asBoolean());

        MediaDescription answer = FileMedia.write(pushed.accepted(), 2855, "TCP/MSRP", msrp(SdpDirection.RECVONLY));
        for (JsonNode attribute : row.expect().get("then_on_accept").get("must_not_contain")) {
            assertThat(answer.hasAttribute(attribute.asText())).isFalse();
        }
        FileOffer copied = FileMedia.read(answer);
        assertThat(copied.selector()).isEqualTo(pushed.selector());
        assertThat(copied.transferId()).isEqualTo(pushed.transferId());
        assertThat(answer.direction()).contains(SdpDirection.RECVONLY);

        MediaDescription refusal = answer.refused();
        assertThat(refusal.port()).isZero();
        for (JsonNode attribute : row.expect().get("on_reject").get("mirrors")) {
            assertThat(refusal.hasAttribute(attribute.asText())).isTrue();
        }
    }

    @Test
    void aPushWithoutSizeIsRefused() throws Exception {
        FileSelector selector = FileSelector.parse(
                row("FT-PUSH-NOSIZE").input().get("selectors").get(0).asText());
        assertThat(SdpToSi.translate(FileOffer.of(selector))).isInstanceOf(Translated.Refused.class);
    }

    @Test
    void aPushOfAPartIsRefused() throws Exception {
        Vector row = row("FT-PUSH-RANGE");
        FileRange range = FileRange.parse(row.input().get("file_range").asText());
        OptionalLong size = OptionalLong.of(row.input().get("size").asLong());
        assertThat(range.length(size))
                .hasValue(row.expect().get("bytes_expected").asLong());
        FileOffer offer = FileOffer.of(new FileSelector(Optional.of("a"), size, Optional.empty(), List.of()))
                .withRange(Optional.of(range));
        assertThat(SdpToSi.translate(offer)).isInstanceOf(Translated.Refused.class);
        assertThat(offer.accepted().range()).contains(range);
        FileOffer whole = offer.withRange(Optional.of(FileRange.parse("1-" + size.getAsLong())));
        assertThat(SdpToSi.translate(whole)).isInstanceOf(Translated.Ok.class);
    }

    @Test
    void anOfferBecomesAPush() throws Exception {
        Vector row = row("FT-X2S-OFFER");
        XmlElement si = WireText.xml(row.input().get("si").asText())
                .child("http://jabber.org/protocol/si", "si")
                .orElseThrow();
        SiFile offered = SiFile.read(si.child(SiFile.NAMESPACE, "file").orElseThrow(), si.attribute("mime-type"));
        FileOffer push = SiToSdp.translate(offered.offer(), ID);
        MediaDescription stream = FileMedia.write(push, 2855, "TCP/MSRP", msrp(SdpDirection.SENDONLY));
        JsonNode sdp = row.expect().get("sdp");
        FileOffer read = FileMedia.read(stream);
        check(read.selector(), sdp.get("file_selector"));
        assertThat(read.transferId()).contains(ID);
        assertThat(read.description()).isEqualTo(text(sdp, "description"));
        assertThat(stream.attribute("file-date"))
                .contains("modification:\""
                        + sdp.get("file_date").get("modification").asText() + "\"");
        assertThat(stream.direction()).contains(SdpDirection.SENDONLY);
        assertThat(stream.attribute("setup")).contains("actpass");
        assertThat(stream.line()).hasToString("m=message 2855 TCP/MSRP *");
    }

    @Test
    void aTransferResumesAfterWhatArrived() {
        assertThat(FileRange.after(2048).wire()).isEqualTo("2049-*");
        assertThat(row("FT-RESUME").expect().get("file_range").asText()).contains("2049-*");
    }

    @Test
    void theCapabilityIsTheAttributeWithoutSelectors() {
        assertThat(FileMedia.lines(FileOffer.of(FileSelector.NONE)))
                .extracting(Object::toString)
                .containsExactly(row("FT-CAP").expect().get("sdp_contains").asText());
    }

    private static MsrpMedia msrp(SdpDirection direction) {
        return new MsrpMedia(
                List.of("msrp://gw.example.com:2855/abc;tcp"),
                org.isthmus.translation.sdp.AcceptTypes.of("*"),
                org.isthmus.translation.sdp.AcceptTypes.of(),
                OptionalLong.empty(),
                Optional.of(SdpSetup.ACTPASS),
                direction,
                false,
                List.of());
    }

    private static FileDates printedDates(JsonNode value) {
        List<String> parts = new ArrayList<>();
        value.properties()
                .forEach(entry ->
                        parts.add(entry.getKey() + ":\"" + entry.getValue().asText() + "\""));
        try {
            return FileDates.parse(String.join(" ", parts));
        } catch (FileSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static SiFile ok(Translated<SiFile> translated) {
        return translated.fold(file -> file, (reason, words) -> {
            throw new AssertionError(words);
        });
    }

    private static Vector row(String id) {
        return Vectors.of("file-transfer", found -> found.id().equals(id)).get(0);
    }

    private static SessionDescription sdp(JsonNode input) throws Exception {
        return SdpReader.read(input.get("sdp").asText().getBytes(StandardCharsets.UTF_8), SdpLimits.defaults());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
