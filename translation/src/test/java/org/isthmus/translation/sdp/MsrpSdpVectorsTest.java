package org.isthmus.translation.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.translation.vectors.Vectors;
import org.isthmus.translation.vectors.Vectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The session description rows of the MSRP vectors; the others are the engine's. */
class MsrpSdpVectorsTest {

    private static final Map<String, String> ENGINE = Map.of(
            "MSRP-SDP-RELAY2", "paths of relays: msrp.relay",
            "MSRP-SDP-CEMA", "whether to connect: msrp.session",
            "MSRP-SDP-CEMA2", "whether to connect: msrp.session");

    static List<Vector> rows() {
        return Vectors.of("msrp", row -> row.id().startsWith("MSRP-SDP-") && !ENGINE.containsKey(row.id()));
    }

    @Test
    void theRowsLeftToTheEngineExist() {
        Set<String> ids = Vectors.of("msrp").stream().map(Vector::id).collect(Collectors.toSet());
        assertThat(ids).containsAll(ENGINE.keySet());
        assertThat(rows()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowHolds(Vector row) throws Exception {
        JsonNode input = row.input();
        JsonNode expect = row.expect();
        if (input.has("sdp")) {
            SessionDescription description =
                    SdpReader.read(input.get("sdp").asText().getBytes(StandardCharsets.UTF_8), SdpLimits.defaults());
            MediaDescription stream = description.media().get(0);
            MsrpMedia msrp = MsrpMedia.read(description, stream);
            expect.fieldNames().forEachRemaining(field -> {
                switch (field) {
                    case "port" ->
                        assertThat(stream.port()).isEqualTo(expect.get(field).asInt());
                    case "proto" ->
                        assertThat(stream.protocol())
                                .isEqualTo(expect.get(field).asText());
                    case "accept_types" ->
                        assertThat(msrp.acceptTypes().types()).isEqualTo(texts(expect.get(field)));
                    case "accept_wrapped_types" ->
                        assertThat(msrp.acceptWrappedTypes().types()).isEqualTo(texts(expect.get(field)));
                    case "path" -> assertThat(msrp.path()).isEqualTo(texts(expect.get(field)));
                    case "max_size" ->
                        assertThat(msrp.maxSize()).hasValue(expect.get(field).asLong());
                    case "setup" ->
                        assertThat(msrp.setup().map(SdpSetup::wire))
                                .contains(expect.get(field).asText());
                    default -> throw new AssertionError("unread expectation " + field);
                }
            });
        } else if (input.has("offer_setup")) {
            if (expect.has("answer_setup_allowed")) {
                Set<String> allowed =
                        SdpSetup.of(input.get("offer_setup").asText()).orElseThrow().allowedAnswers().stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.toSet());
                assertThat(allowed).containsExactlyInAnyOrderElementsOf(texts(expect.get("answer_setup_allowed")));
            } else {
                // Absent and holdconn: no role, so the offerer connects (RFC 4975 §5.4).
                assertThat(SdpSetup.of(input.get("offer_setup").asText())).isEmpty();
            }
        } else if (expect.has("match")) {
            assertThat(AcceptTypes.of(input.get("accept_types").asText())
                            .accepts(input.get("send").asText()))
                    .isEqualTo(expect.get("match").asBoolean());
        } else {
            AcceptTypes types = new AcceptTypes(texts(input.get("accept_types")));
            String sent = input.get("send_top_level").asText();
            assertThat(types.accepts(sent)).isEqualTo(expect.get("allowed").asBoolean());
            if (expect.has("must_wrap_in")) {
                assertThat(types.accepts(expect.get("must_wrap_in").asText())).isTrue();
                assertThat(new AcceptTypes(texts(input.get("accept_wrapped_types"))).accepts(sent))
                        .isTrue();
            }
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
