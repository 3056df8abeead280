package org.isthmus.component.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.isthmus.component.xmpp.Vectors;
import org.isthmus.component.xmpp.Vectors.Vector;
import org.isthmus.component.xmpp.stanza.WireStanza;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.message.MessageStanza;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector of component.json, on a session. */
class ComponentVectorsTest {

    /** What the words of a vector's action mean here. */
    private static final Map<String, RetryPolicy.Kind> ACTIONS = Map.of(
            "stream-error-replaced", RetryPolicy.Kind.CONFLICT,
            "stream-error-not-authorized", RetryPolicy.Kind.CONFIGURATION,
            "stream-error-invalid-from", RetryPolicy.Kind.NORMAL,
            "stream-error-not-well-formed", RetryPolicy.Kind.NORMAL,
            "stream-error-connection-timeout", RetryPolicy.Kind.NORMAL,
            "stream-error-see-other-host", RetryPolicy.Kind.NORMAL,
            "stream-error-improper-addressing", RetryPolicy.Kind.NORMAL);

    static List<Vector> vectors() {
        return Vectors.of("component.json");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void behavesAsTheVectorSays(Vector vector) {
        String kind = vector.id().split("-")[0];
        switch (kind) {
            case "handshake" -> handshake(vector.input(), vector.expect());
            case "hdr" -> header(vector);
            case "stream" -> streamError(vector);
            case "xmlchar" -> character(vector.input(), vector.expect());
            default -> throw new AssertionError("a vector of a new kind: " + vector);
        }
    }

    private static void handshake(JsonNode input, JsonNode expect) {
        String id = input.get("stream_id").asText();
        String secret = input.get("secret").asText();
        String digest = expect.get("handshake").asText();
        assertThat(Handshake.digest(id, secret)).isEqualTo(digest);
        SessionBed bed =
                new SessionBed(LinkSettings.of(SessionBed.DOMAIN, "127.0.0.1", 5347, ServerKind.OTHER, () -> secret));
        bed.written();
        bed.serverSays(
                SessionBed.HEADER.replace("3BF96D32", id.replace("&", "&amp;").replace("<", "&lt;")));
        if (secret.isEmpty()) {
            assertThat(bed.endedBy()).isEqualTo(Cause.NO_SECRET);
            assertThat(bed.written()).doesNotContain("handshake");
        } else {
            assertThat(bed.written()).isEqualTo("<handshake>" + digest + "</handshake>");
        }
    }

    private static void header(Vector vector) {
        SessionBed bed = new SessionBed(SessionBed.settings());
        String out = bed.written();
        switch (vector.id()) {
            case "hdr-out" ->
                assertThat(out).isEqualTo(vector.expect().get("stream_open").asText());
            case "hdr-in-ok" -> {
                bed.serverSays(vector.input().asText());
                assertThat(bed.written())
                        .isEqualTo("<handshake>"
                                + Handshake.digest(vector.expect().get("id").asText(), "test") + "</handshake>");
                assertThat(bed.heard).as("another from is worth a warning only").hasSize(1);
                assertThat(bed.ends).isEmpty();
            }
            case "hdr-in-prosody-unknown" -> {
                bed.serverSays(vector.input().asText());
                assertThat(bed.written()).doesNotContain("handshake");
                assertEnd(bed, vector.expect().get("stream_error").asText(), RetryPolicy.Kind.CONFIGURATION);
            }
            case "hdr-in-ejabberd-unknown" -> {
                bed.serverSays(vector.input().asText());
                assertThat(bed.written()).startsWith("<handshake>");
                assertEnd(bed, vector.expect().get("stream_error").asText(), RetryPolicy.Kind.CONFIGURATION);
            }
            default -> throw new AssertionError("a vector of a new kind: " + vector);
        }
    }

    private static void streamError(Vector vector) {
        boolean whileProving = vector.id().equals("stream-error-not-authorized");
        SessionBed bed = whileProving ? new SessionBed(SessionBed.settings()) : SessionBed.up();
        if (whileProving) {
            bed.serverSays(SessionBed.HEADER);
        }
        bed.serverSays(vector.input().asText());
        String condition = vector.input().asText().replaceAll("(?s).*?<stream:error><([a-z-]+) .*", "$1");
        assertEnd(bed, condition, ACTIONS.get(vector.id()));
    }

    private static void assertEnd(SessionBed bed, String condition, RetryPolicy.Kind kind) {
        assertThat(bed.endedBy()).isEqualTo(Cause.STREAM_ERROR);
        LinkDown end = bed.ends.get(0);
        assertThat(end.condition()).isEqualTo(Optional.of(condition));
        assertThat(RetryPolicy.classify(end)).isEqualTo(kind);
    }

    private static void character(JsonNode input, JsonNode expect) {
        MessageStanza stanza = MessageStanza.builder(Jids.parse("a@" + SessionBed.DOMAIN), Jids.parse("b@c"))
                .body(LangText.of(input.get("sip_text").asText()))
                .build();
        String wire = new String(WireStanza.of(stanza).octets(), java.nio.charset.StandardCharsets.UTF_8);
        String body = wire.replaceAll("(?s).*<body>(.*)</body>.*", "$1")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
        // "x or y": either is right.
        assertThat(List.of(expect.get("xmpp_text").asText().split(" or "))).contains(body);
    }
}
