package org.isthmus.translation.cpim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpimVectorsTest {

    static List<Vector> documents() {
        return Vectors.of(
                "session",
                row -> row.id().startsWith("SES-CPIM-") && row.input().has("cpim"));
    }

    static List<Vector> escapes() {
        return Vectors.of("session", row -> row.id().startsWith("SES-CPIM-ESC-"));
    }

    static List<Vector> namespaces() {
        return Vectors.of("session", row -> row.id().equals("SES-CPIM-NS-EQ"));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void aDocumentIsReadAsPrinted(Vector row) throws Exception {
        CpimMessage message = CpimReader.read(octets(row.input().get("cpim").asText()), CpimLimits.defaults());
        JsonNode expect = row.expect().has("lenient") ? row.expect().get("lenient") : row.expect();
        check(message, expect);

        CpimMessage again = CpimReader.read(CpimWriter.write(message), CpimLimits.defaults());
        check(again, expect.deepCopy());
    }

    private static void check(CpimMessage message, JsonNode expect) {
        CpimHead head = message.head();
        expect.fieldNames().forEachRemaining(field -> {
            JsonNode value = expect.get(field);
            switch (field) {
                case "from" -> assertThat(head.from()).contains(address(value));
                case "from_uri" -> assertThat(head.from().orElseThrow().uri()).isEqualTo(value.asText());
                case "to" -> {
                    List<CpimAddress> expected = new ArrayList<>();
                    value.forEach(entry -> expected.add(address(entry)));
                    assertThat(head.to()).isEqualTo(expected);
                }
                case "datetime" ->
                    assertThat(head.dateTime())
                            .contains(OffsetDateTime.parse(value.asText()).toInstant());
                case "subjects" -> {
                    assertThat(head.subjects()).hasSize(value.size());
                    for (int i = 0; i < value.size(); i++) {
                        CpimHeader subject = head.subjects().get(i);
                        assertThat(subject.value())
                                .isEqualTo(value.get(i).get("text").asText());
                        assertThat(subject.lang().orElse(null))
                                .isEqualTo(value.get(i).get("lang").textValue());
                    }
                }
                case "ns" ->
                    value.properties()
                            .forEach(entry -> assertThat(head.prefixes())
                                    .containsValue(entry.getValue().asText()));
                case "require" -> {
                    assertThat(head.required()).hasSize(value.size());
                    for (JsonNode name : value) {
                        assertThat(head.required())
                                .anyMatch(found -> name.asText().endsWith("." + found.name()));
                    }
                }
                case "ext" -> {
                    for (JsonNode header : value) {
                        assertThat(head.value(new CpimName(
                                        header.get(0).asText(), header.get(1).asText())))
                                .contains(header.get(2).asText());
                    }
                }
                case "mime" ->
                    value.properties()
                            .forEach(entry -> assertThat(head.mime(entry.getKey()))
                                    .contains(entry.getValue().asText()));
                case "body" ->
                    assertThat(new String(message.content(), StandardCharsets.UTF_8))
                            .isEqualTo(value.asText());
                default -> throw new AssertionError("unread expectation " + field);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void escapesAreUndone(Vector row) {
        String value = row.input().get("value").asText();
        assertThat(CpimEscapes.unescape(value))
                .isEqualTo(row.expect().get("value").asText());
        String back = CpimEscapes.escape(row.expect().get("value").asText());
        assertThat(CpimEscapes.unescape(back))
                .isEqualTo(row.expect().get("value").asText());
    }

    @ParameterizedTest
    @MethodSource("namespaces")
    void thePrefixIsTheWritersOwnChoice(Vector row) throws Exception {
        JsonNode expected = row.expect().get("all_equal");
        for (JsonNode headers : row.input()) {
            CpimHead head = CpimReader.read(octets(headers.asText() + "\r\n\r\n\r\n"), CpimLimits.defaults())
                    .head();
            assertThat(head.value(new CpimName(
                            expected.get(0).asText(), expected.get(1).asText())))
                    .contains(expected.get(2).asText());
        }
    }

    private static CpimAddress address(JsonNode value) {
        return new CpimAddress(
                java.util.Optional.ofNullable(value.path("name").textValue()),
                value.get("uri").asText());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
