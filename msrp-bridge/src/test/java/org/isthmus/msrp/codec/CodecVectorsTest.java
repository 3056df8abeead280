package org.isthmus.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.MsrpHead;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpSyntaxException;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.vectors.MsrpVectors;
import org.isthmus.msrp.vectors.MsrpVectors.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors of the wire format: parse, stream, uri-parse, uri-compare, and the negative ones that are about syntax. */
class CodecVectorsTest {

    static List<Vector> parse() {
        return MsrpVectors.of("parse");
    }

    static List<Vector> stream() {
        return MsrpVectors.of("stream");
    }

    static List<Vector> uriParse() {
        return MsrpVectors.of("uri-parse");
    }

    static List<Vector> uriCompare() {
        return MsrpVectors.of("uri-compare");
    }

    /** What the decoder does with the negative vectors that it can judge alone; the session tests do the others. */
    static final Map<String, Object> SYNTAX = Map.of(
            "MSRP-N-TID-SHORT", 400,
            "MSRP-N-RANGE-REV", 400,
            "MSRP-N-RANGE-OVER", 400,
            "MSRP-N-RANGE-HUGE", 413,
            "MSRP-N-RANGE-SYNTAX", 400,
            "MSRP-N-FOLD", 400,
            "MSRP-N-LF", "close",
            "MSRP-N-FLAG", "keep reading",
            "MSRP-N-EMBED-EOL", "treat as data",
            "MSRP-N-ORDER", "lenient accept");

    static List<Vector> syntax() {
        return MsrpVectors.where(v -> SYNTAX.containsKey(v.id()));
    }

    @ParameterizedTest
    @MethodSource("parse")
    void readsTheFrame(Vector vector) {
        Frames frames = Frames.decode(vector.raw());
        JsonNode expect = vector.expect();
        assertThat(frames.bad).isEmpty();
        if (expect.has("complete")) {
            assertThat(frames.complete).isEmpty();
            return;
        }
        assertThat(frames.complete).hasSize(1);
        MsrpHead head = frames.heads.get(0);
        Frames.Frame frame = frames.complete.get(0);
        assertThat(frame.flag()).isEqualTo(expect.get("continuation").asText().charAt(0));
        assertThat(frame.hasBody()).isEqualTo(expect.get("has_body").asBoolean());
        if (expect.get("has_body").asBoolean()) {
            byte[] body = frame.body().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(new String(body, StandardCharsets.UTF_8))
                    .isEqualTo(expect.get("body").asText());
            assertThat(body).hasSize(expect.get("body_octets").asInt());
        }
        int checked = 0;
        for (var field : expect.properties()) {
            checked += check(head, field.getKey(), field.getValue()) ? 1 : 0;
        }
        assertThat(checked + 4).isGreaterThanOrEqualTo(expect.size());
    }

    /** @return false for the four keys that the test itself looks at */
    private static boolean check(MsrpHead head, String key, JsonNode value) {
        MsrpHeaders headers = head.headers();
        switch (key) {
            case "kind" ->
                assertThat(head instanceof MsrpRequest).isEqualTo(value.asText().equals("request"));
            case "transaction_id" -> assertThat(head.transactionId()).isEqualTo(value.asText());
            case "method" -> assertThat(((MsrpRequest) head).method()).isEqualTo(value.asText());
            case "status" -> assertThat(((MsrpResponse) head).status()).isEqualTo(value.asInt());
            case "comment" -> assertThat(((MsrpResponse) head).comment()).isEqualTo(value.asText());
            case "to_path" -> assertThat(texts(head.toPath())).isEqualTo(strings(value));
            case "from_path" -> assertThat(texts(head.fromPath())).isEqualTo(strings(value));
            case "message_id" -> assertThat(headers.messageId()).hasValue(value.asText());
            case "content_type" -> assertThat(headers.contentType()).hasValue(value.asText());
            case "byte_range" -> assertThat(headers.byteRange()).hasValue(range(value));
            case "status_header" -> assertThat(headers.status().orElseThrow()).hasToString(value.asText());
            case "success_report" ->
                assertThat(headers.successReport()).hasValue(value.asText().equals("yes"));
            case "failure_report" ->
                assertThat(headers.failureReport().orElseThrow().text()).isEqualTo(value.asText());
            case "effective_success_report" ->
                assertThat(headers.wantsSuccessReport())
                        .isEqualTo(value.asText().equals("yes"));
            case "effective_failure_report" ->
                assertThat(headers.effectiveFailureReport().text()).isEqualTo(value.asText());
            case "use_path" -> assertThat(texts(headers.path("Use-Path"))).isEqualTo(strings(value));
            case "expires", "authorization" -> assertThat(headers.other(key)).hasValue(value.asText());
            case "www_authenticate" ->
                assertThat(headers.other("WWW-Authenticate")).hasValue(value.asText());
            case "authentication_info" ->
                assertThat(headers.other("Authentication-Info")).hasValue(value.asText());
            case "continuation", "has_body", "body", "body_octets" -> {
                return false;
            }
            default -> throw new AssertionError("unknown expectation " + key);
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("stream")
    void findsTheFramesHoweverTheyAreCut(Vector vector) {
        byte[] raw = vector.raw();
        List<Frames> runs = new ArrayList<>(List.of(Frames.decode(raw), Frames.decode(Frames.octetByOctet(raw))));
        for (int i = 1; i < raw.length; i++) {
            runs.add(Frames.decode(Frames.cut(raw, i)));
        }
        for (Frames run : runs) {
            assertThat(run.complete).hasSize(vector.expect().get("frames").asInt());
            assertThat(run.complete).isEqualTo(runs.get(0).complete);
            if (vector.expect().has("body_octets")) {
                assertThat(run.complete.get(0).body())
                        .hasSize(vector.expect().get("body_octets").asInt());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("uriParse")
    void acceptsOrRefusesTheUri(Vector vector) {
        String text = vector.input().get("uri").asText();
        if (vector.expect().get("valid").asBoolean()) {
            assertThat(MsrpUri.parse(text)).hasToString(text);
        } else {
            assertThatThrownBy(() -> MsrpUri.parse(text)).isInstanceOf(MsrpSyntaxException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("uriCompare")
    void comparesUris(Vector vector) {
        MsrpUri a = MsrpUri.parse(vector.input().get("a").asText());
        MsrpUri b = MsrpUri.parse(vector.input().get("b").asText());
        boolean equal = vector.expect().get("equal").asBoolean();
        assertThat(a.equals(b)).isEqualTo(equal);
        assertThat(b.equals(a)).isEqualTo(equal);
        if (equal) {
            assertThat(a).hasSameHashCodeAs(b);
        }
    }

    @ParameterizedTest
    @MethodSource("syntax")
    void judgesBrokenSyntax(Vector vector) {
        Frames frames = Frames.decode(vector.raw());
        Object expected = SYNTAX.get(vector.id());
        assertThat(vector.expect().get("action").asText()).contains(String.valueOf(expected));
        if (expected instanceof Integer status) {
            assertThat(frames.bad).hasSize(1);
            assertThat(frames.bad.get(0).cause().status()).isEqualTo(status);
            assertThat(frames.bad.get(0).fatal()).isFalse();
            assertThat(frames.bad.get(0).head()).isNotNull();
            assertThat(nextFrameIsRead(vector.raw())).isTrue();
        } else if (expected.equals("close")) {
            assertThat(frames.bad).hasSize(1);
            assertThat(frames.bad.get(0).fatal()).isTrue();
            assertThat(nextFrameIsRead(vector.raw())).isFalse();
        } else if (expected.equals("keep reading")) {
            assertThat(frames.complete).isEmpty();
            assertThat(frames.unfinished()).isTrue();
        } else if (expected.equals("treat as data")) {
            assertThat(frames.complete).hasSize(1);
            assertThat(frames.complete.get(0).body()).isEqualTo("abc-------d93kswow$\r\nrest");
        } else {
            assertThat(frames.bad).isEmpty();
            assertThat(frames.complete).hasSize(1);
            assertThat(frames.heads.get(0).toPath()).hasSize(1);
            assertThat(frames.heads.get(0).fromPath()).hasSize(1);
        }
    }

    private static boolean nextFrameIsRead(byte[] raw) {
        Frames both = Frames.decode(raw, Frames.bytes("MSRP next1 200 OK\r\n-------next1$\r\n"));
        return both.heads.stream().anyMatch(head -> head.transactionId().equals("next1"));
    }

    private static List<String> texts(List<MsrpUri> path) {
        return path.stream().map(MsrpUri::toString).toList();
    }

    private static List<String> strings(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(node -> out.add(node.asText()));
        return out;
    }

    private static ByteRange range(JsonNode value) {
        return new ByteRange(
                value.get("start").asLong(),
                value.get("end").asText().equals("*")
                        ? ByteRange.UNKNOWN
                        : value.get("end").asLong(),
                value.get("total").asText().equals("*")
                        ? ByteRange.UNKNOWN
                        : value.get("total").asLong());
    }
}
