package org.isthmus.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.msrp.peer.RecordingHandler.next;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.isthmus.msrp.frame.FailureReport;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.message.IncomingMessage;
import org.isthmus.msrp.message.OutgoingMessage;
import org.isthmus.msrp.message.SendListener;
import org.isthmus.msrp.message.SendOutcome;
import org.isthmus.msrp.message.SendRequest;
import org.isthmus.msrp.peer.Endpoints;
import org.isthmus.msrp.peer.ManualTimers;
import org.isthmus.msrp.peer.RecordingHandler;
import org.isthmus.msrp.peer.ScriptedPeer.Frame;
import org.isthmus.msrp.peer.TestPublisher;
import org.isthmus.msrp.vectors.MsrpVectors;
import org.isthmus.msrp.vectors.MsrpVectors.Vector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors that are about the behaviour of a session: negative, rule, timer, reassemble. */
class SessionVectorsTest {

    private static final String VECTOR_SESSION = "eeeeffffgggghhhh";

    private final ManualTimers timers = new ManualTimers();
    private final MsrpEndpoint endpoint = Endpoints.start(timers);

    @AfterEach
    void stop() {
        endpoint.close();
    }

    /** What the peer must see after it has sent the vector: a status, nothing, or the end of the connection. */
    static final Map<String, String> NEGATIVE = Map.ofEntries(
            Map.entry("MSRP-N-TID-SHORT", "400"),
            Map.entry("MSRP-N-NOTOPATH", "400"),
            Map.entry("MSRP-N-ORDER", "200"),
            Map.entry("MSRP-N-NOMSGID", "400"),
            Map.entry("MSRP-N-RANGE-REV", "400"),
            Map.entry("MSRP-N-RANGE-OVER", "400"),
            Map.entry("MSRP-N-RANGE-HUGE", "413"),
            Map.entry("MSRP-N-RANGE-SYNTAX", "400"),
            Map.entry("MSRP-N-EMBED-EOL", "200"),
            Map.entry("MSRP-N-METHOD", "501"),
            Map.entry("MSRP-N-SESSION", "481"),
            Map.entry("MSRP-N-SESSION-FRNO", "nothing"),
            Map.entry("MSRP-N-415", "415"),
            Map.entry("MSRP-N-415-FRNO", "nothing"),
            Map.entry("MSRP-N-CTE", "200"),
            Map.entry("MSRP-N-FOLD", "400"),
            Map.entry("MSRP-N-LF", "closed"));

    static List<Vector> negative() {
        return MsrpVectors.where(v -> NEGATIVE.containsKey(v.id()));
    }

    @ParameterizedTest
    @MethodSource("negative")
    void answersWhatIsWrong(Vector vector) throws Exception {
        String expected = NEGATIVE.get(vector.id());
        agree(vector.expect().get("action").asText(), expected);
        SessionConfig config = SessionConfig.defaults().withAcceptTypes(MediaTypes.of("text/plain"));
        try (var bound = Endpoints.bound(endpoint, config, RecordingHandler.accepting())) {
            String raw = vector.input().get("raw").asText();
            bound.peer().send(raw.replace(VECTOR_SESSION, bound.session().sessionId()));
            switch (expected) {
                case "closed" -> assertThat(bound.peer().readToEnd()).isEmpty();
                case "nothing" -> bound.expectNothing();
                default -> {
                    Frame answer = bound.peer().read();
                    assertThat(answer.what()).isEqualTo(expected);
                    assertThat(answer.header("to-path")).isEqualTo("msrp://a.example.com:7654/aaaabbbbccccdddd;tcp");
                    bound.expectNothing();
                }
            }
        }
    }

    /** The table above may choose where the vector leaves a choice, and only there. */
    private static void agree(String action, String expected) {
        switch (expected) {
            case "nothing" -> assertThat(action).contains("no response");
            case "closed" -> assertThat(action).contains("close");
            case "200" -> assertThat(action).containsAnyOf("lenient", "ignore header", "treat as data");
            default -> assertThat(action).contains(expected);
        }
    }

    /** Vector MSRP-N-FLAG: an illegal flag ends nothing; the frame stays open until its silence is too long. */
    @Test
    void anIllegalFlagIsDataAndSilenceEndsTheConnection() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            String raw = MsrpVectors.byId("MSRP-N-FLAG").input().get("raw").asText();
            bound.peer().send(raw.replace(VECTOR_SESSION, bound.session().sessionId()));
            assertThat(bound.peer().isSilentFor(100)).isTrue();
            timers.advance(Duration.ofSeconds(32));
            assertThat(bound.peer().readToEnd()).isEmpty();
            assertThat(bound.session()
                            .whenEnded()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .words())
                    .contains("middle of a frame");
        }
    }

    /** Vector MSRP-N-HDR-FLOOD. */
    @Test
    void aHeaderFloodEndsTheConnection() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            bound.peer().send("MSRP d93kswow SEND\r\nTo-Path: x\r\n" + "X-A: b\r\n".repeat(100));
            assertThat(bound.peer().readToEnd()).isEmpty();
        }
    }

    /** Vector MSRP-N-REPORT-RESP. */
    @Test
    void aReportIsNeverAnswered() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            String to = "To-Path: " + bound.uri() + "\r\nFrom-Path: " + Endpoints.PEER + "\r\n";
            bound.peer()
                    .send("MSRP rep1 REPORT\r\n" + to
                            + "Message-ID: unknown1\r\nByte-Range: 1-5/5\r\nStatus: 000 200 OK\r\n-------rep1$\r\n");
            bound.peer().send("MSRP rep2 REPORT\r\n" + to + "Message-ID: u\r\nStatus: nonsense\r\n-------rep2$\r\n");
            bound.peer()
                    .send("MSRP rep3 REPORT\r\nTo-Path: msrp://127.0.0.1:1/nobody;tcp\r\nFrom-Path: " + Endpoints.PEER
                            + "\r\nMessage-ID: unknown1\r\nStatus: 000 481 Gone\r\n-------rep3$\r\n");
            bound.expectNothing();
        }
    }

    static List<Vector> failureReports() {
        return MsrpVectors.where(v -> v.id().startsWith("MSRP-FR-"));
    }

    /** As receiver: what is answered. As sender: whether 30 s run. And whether a failure REPORT may follow. */
    @ParameterizedTest
    @MethodSource("failureReports")
    void keepsToFailureReport(Vector vector) throws Exception {
        JsonNode wanted = vector.input().get("failure_report");
        boolean good = vector.input().get("request_processable").asBoolean();
        JsonNode expect = vector.expect();
        String field = wanted.isNull() ? "" : "Failure-Report: " + wanted.asText() + "\r\n";
        RecordingHandler handler = RecordingHandler.accepting();
        SessionConfig config = SessionConfig.defaults().withAcceptTypes(MediaTypes.of("text/plain"));
        try (var bound = Endpoints.bound(endpoint, config, handler)) {
            String type = good ? "text/plain" : "image/x-none";
            bound.send("tid1", "Message-ID: m1m1\r\n" + field + "Content-Type: " + type + "\r\n", "x", '$');
            JsonNode response = expect.get("transaction_response");
            if (!response.isNull()) {
                String status = bound.peer().read().what();
                assertThat(status).isEqualTo(response.asText().equals("error code") ? "415" : response.asText());
            }
            bound.expectNothing();

            bound.send("tid2", "Message-ID: m2m2\r\n" + field + "Content-Type: text/plain\r\n", "x", '$');
            IncomingMessage later = next(handler.messages);
            if (good) {
                later = next(handler.messages);
            }
            assertThat(later.messageId()).isEqualTo("m2m2");
            if (later.headers().effectiveFailureReport() == FailureReport.YES) {
                bound.peer().readUntil("200");
            }
            next(handler.texts);
            later.fail(408);
            if (expect.get("failure_REPORT_allowed").asBoolean()) {
                Frame report = bound.peer().read();
                assertThat(report.what()).isEqualTo("REPORT");
                assertThat(report.header("status")).startsWith("000 408");
                assertThat(report.header("byte-range")).isEqualTo("1-1/1");
                assertThat(report.header("failure-report")).isNull();
            }
            bound.expectNothing();

            FailureReport ours = wanted.isNull()
                    ? FailureReport.YES
                    : FailureReport.valueOf(wanted.asText().toUpperCase());
            OutgoingMessage message = bound.session()
                    .send(SendRequest.of("text/plain").failureReport(ours).build(), new byte[] {'y'});
            bound.peer().read();
            timers.advance(Duration.ofSeconds(32));
            assertThat(message.outcome()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .kind())
                    .isEqualTo(
                            expect.get("sender_runs_30s_timer").asBoolean()
                                    ? SendOutcome.Kind.TIMED_OUT
                                    : SendOutcome.Kind.SENT);
        }
    }

    static List<Vector> successReports() {
        return MsrpVectors.where(v -> v.id().startsWith("MSRP-SR-"));
    }

    @ParameterizedTest
    @MethodSource("successReports")
    void reportsSuccessWhereItIsAskedFor(Vector vector) throws Exception {
        JsonNode wanted = vector.input().get("success_report");
        String field = wanted.isNull() ? "" : "Success-Report: " + wanted.asText() + "\r\n";
        SessionConfig config = SessionConfig.defaults().withReportWhenWhole(true);
        try (var bound = Endpoints.bound(endpoint, config, RecordingHandler.accepting())) {
            String common = "Message-ID: m1m1\r\n" + field;
            bound.send("tid1", common + "Byte-Range: 1-*/5\r\nContent-Type: text/plain\r\n", "abc", '+');
            bound.peer().readUntil("200");
            bound.send("tid2", common + "Byte-Range: 4-5/5\r\nContent-Type: text/plain\r\n", "de", '$');
            bound.peer().readUntil("200");
            if (vector.expect().get("success_REPORT_required").asBoolean()) {
                Frame report = bound.peer().read();
                assertThat(report.what()).isEqualTo("REPORT");
                assertThat(report.header("status")).isEqualTo("000 200 OK");
                assertThat(report.header("byte-range")).isEqualTo("1-5/5");
                assertThat(report.header("message-id")).isEqualTo("m1m1");
                assertThat(report.header("to-path")).isEqualTo(Endpoints.PEER);
                assertThat(report.header("success-report")).isNull();
                assertThat(report.flag()).isEqualTo('$');
            }
            bound.expectNothing();
        }
    }

    static List<Vector> reassemble() {
        return MsrpVectors.where(
                v -> v.direction().equals("reassemble") && v.input().has("chunks"));
    }

    @ParameterizedTest
    @MethodSource("reassemble")
    void reassembles(Vector vector) throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            int n = 0;
            for (JsonNode chunk : vector.input().get("chunks")) {
                String range = chunk.get("range").isNull()
                        ? ""
                        : "Byte-Range: " + chunk.get("range").asText() + "\r\n";
                char flag = chunk.get("flag").asText().charAt(0);
                String fields = "Message-ID: m1m1\r\n" + range + "Content-Type: text/plain\r\n";
                bound.send("tid" + n++, fields, chunk.get("data").asText(), flag);
                assertThat(bound.peer().read().what()).isEqualTo("200");
            }
            JsonNode message = vector.expect().get("message");
            if (!message.isNull()) {
                assertThat(next(handler.texts)).isEqualTo(message.asText());
            } else if (vector.expect().has("timeout_frees_buffer")) {
                assertThat(handler.texts).isEmpty();
                for (int i = 0; i < 130; i++) {
                    timers.advance(Duration.ofSeconds(1));
                    if (i % 20 == 0) {
                        bound.expectNothing();
                    }
                }
                assertThat(next(handler.texts)).contains("nothing came");
            } else {
                assertThat(next(handler.texts)).contains("gave it up");
            }
        }
    }

    /** Vector MSRP-R-8: a complete message received twice. */
    @Test
    void aDuplicateIsAcknowledgedAndNotShownAgain() throws Exception {
        JsonNode expect = MsrpVectors.byId("MSRP-R-8").expect();
        RecordingHandler handler = RecordingHandler.accepting();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            for (int i = 0; i < expect.get("acknowledged").asInt(); i++) {
                bound.send("tid" + i, "Message-ID: m1m1\r\nContent-Type: text/plain\r\n", "once", '$');
                assertThat(bound.peer().read().what()).isEqualTo("200");
            }
            assertThat(next(handler.texts)).isEqualTo("once");
            assertThat(handler.messages).hasSize(expect.get("delivered").asInt());
            assertThat(handler.texts).isEmpty();
        }
    }

    /** Vector MSRP-TX-3. */
    @Test
    void sendsInChunksOf2048() throws Exception {
        Vector vector = MsrpVectors.byId("MSRP-TX-3");
        byte[] body = new byte[vector.input().get("message_octets").asInt()];
        try (var bound = Endpoints.bound(
                endpoint, SessionConfig.defaults().withChunkOctets(2048), RecordingHandler.accepting())) {
            bound.session().send(SendRequest.of("a/b").size(body.length).build(), body);
            List<String> ranges = new ArrayList<>();
            List<String> flags = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Frame chunk = bound.peer().read();
                ranges.add(chunk.header("byte-range"));
                flags.add(String.valueOf(chunk.flag()));
            }
            assertThat(ranges).isEqualTo(texts(vector.expect().get("byte_ranges")));
            assertThat(flags).isEqualTo(texts(vector.expect().get("flags")));
        }
    }

    /** Vector MSRP-TX-5. */
    @Test
    void a413InMidChunkEndsTheMessage() throws Exception {
        Vector vector = MsrpVectors.byId("MSRP-TX-5");
        TestPublisher source = new TestPublisher().block(new byte[3000]);
        try (var bound =
                Endpoints.bound(endpoint, SessionConfig.defaults().withChunkOctets(0), RecordingHandler.accepting())) {
            OutgoingMessage message =
                    bound.session().send(SendRequest.of("a/b").size(1_000_000).build(), source, SendListener.NONE);
            while (bound.peer().socket().getInputStream().available() < 3000) {
                timers.advance(Duration.ofMillis(10));
            }
            // The chunk is open: its head and first octets are on the wire, its end is not.
            byte[] begun = bound.peer().socket().getInputStream().readNBytes(3000);
            String head = new String(begun, StandardCharsets.ISO_8859_1);
            String id = head.split(" ")[1];
            bound.peer()
                    .send("MSRP " + id + " 413 Stop\r\nTo-Path: " + bound.uri() + "\r\nFrom-Path: " + Endpoints.PEER
                            + "\r\n-------" + id + "$\r\n");
            SendOutcome outcome = message.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(outcome.kind()).isEqualTo(SendOutcome.Kind.REFUSED);
            assertThat(outcome.status()).isEqualTo(413);
            String end = "\r\n-------" + id + vector.expect().get("end_flag").asText() + "\r\n";
            StringBuilder rest = new StringBuilder();
            while (rest.indexOf(end) < 0) {
                rest.append((char) bound.peer().socket().getInputStream().read());
            }
            bound.expectNothing();
        }
    }

    /** Vector MSRP-TX-6. */
    @Test
    void thirtySecondsWithoutResponseAreToldToTheUser() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            OutgoingMessage message = bound.session().send(SendRequest.of("a/b").build(), new byte[10]);
            bound.peer().read();
            timers.advance(Duration.ofSeconds(29));
            bound.expectNothing();
            assertThat(message.outcome().toCompletableFuture()).isNotDone();
            timers.advance(Duration.ofSeconds(2));
            assertThat(message.outcome()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .status())
                    .isEqualTo(408);
        }
    }

    /** Vector MSRP-TX-7. */
    @Test
    void aLostConnectionEndsItsSessionsAndAMessageMayBeSentAgainUnderItsId() throws Exception {
        RecordingHandler one = RecordingHandler.accepting();
        RecordingHandler two = RecordingHandler.accepting();
        OutgoingMessage lost;
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), one)) {
            MsrpSession second = Endpoints.passive(endpoint, SessionConfig.defaults(), two);
            bound.peer().expectNothing(second.localUri().toString(), Endpoints.PEER);
            lost = second.send(SendRequest.of("a/b").build(), new byte[10]);
            bound.peer().read();
        }
        assertThat(one.end.get(10, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.CONNECTION_LOST);
        assertThat(two.end.get(10, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.CONNECTION_LOST);
        assertThat(lost.outcome()
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)
                        .kind())
                .isEqualTo(SendOutcome.Kind.SESSION_ENDED);
        try (var again = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            again.session()
                    .send(SendRequest.of("a/b").messageId(lost.messageId()).build(), new byte[10]);
            assertThat(again.peer().read().header("message-id")).isEqualTo(lost.messageId());
        }
    }

    /** Vector MSRP-SDP-RELAY2. */
    @Test
    void pathsThroughRelays() {
        Vector vector = MsrpVectors.byId("MSRP-SDP-RELAY2");
        List<MsrpUri> usePath = uris(vector.input().get("use_path"));
        MsrpUri own = uri(vector.input().get("own").asText());
        assertThat(RelayPath.sdpPath(usePath, own))
                .isEqualTo(uris(vector.expect().get("sdp_path")));
        assertThat(RelayPath.toPath(usePath, uris(vector.input().get("peer_path"))))
                .isEqualTo(uris(vector.expect().get("to_path")));
    }

    private static MsrpUri uri(String letter) {
        return MsrpUri.parse("msrps://" + letter.toLowerCase() + ".example:2855/" + letter + ";tcp");
    }

    private static List<MsrpUri> uris(JsonNode letters) {
        return texts(letters).stream().map(SessionVectorsTest::uri).toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> out = new ArrayList<>();
        array.forEach(node -> out.add(node.asText()));
        return out;
    }
}
