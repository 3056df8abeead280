package org.isthmus.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.msrp.peer.RecordingHandler.next;
import static org.isthmus.msrp.peer.ScriptedPeer.frame;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.isthmus.msrp.codec.FailureReport;
import org.isthmus.msrp.codec.MsrpUri;
import org.isthmus.msrp.message.OutgoingMessage;
import org.isthmus.msrp.message.SendOutcome;
import org.isthmus.msrp.message.SendRequest;
import org.isthmus.msrp.peer.ManualTimers;
import org.isthmus.msrp.peer.RecordingHandler;
import org.isthmus.msrp.peer.ScriptedPeer;
import org.isthmus.msrp.peer.ScriptedPeer.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 4975 §5.4, §7: sessions against a scripted peer, with time moved by hand. */
class SessionRulesTest {

    private static final String FROM = "msrp://127.0.0.1:7654/peer;tcp";

    private final ManualTimers timers = new ManualTimers();
    private MsrpEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        endpoint = MsrpEndpoint.start(
                EndpointConfig.defaults("127.0.0.1").listening(new InetSocketAddress("127.0.0.1", 0)),
                Optional.empty(),
                timers,
                new SecureRandom(),
                null);
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private MsrpSession passive(RecordingHandler handler) {
        MsrpSession session = endpoint.newSession(SessionConfig.defaults(), handler);
        session.await(RemoteParty.at(MsrpUri.parse(FROM)));
        return session;
    }

    private ScriptedPeer dial() throws Exception {
        return ScriptedPeer.connect(endpoint.port(false));
    }

    @Test
    void aMessageIsAcknowledgedAndHandedOver() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        MsrpSession session = passive(handler);
        try (ScriptedPeer peer = dial()) {
            String to = session.localUri().toString();
            peer.send(frame(
                    "tid1",
                    to,
                    FROM,
                    "Message-ID: m1m1\r\nByte-Range: 1-5/5\r\nContent-Type: text/plain\r\n",
                    "hello",
                    '$'));
            Frame answer = peer.read();
            assertThat(answer.start()).isEqualTo("MSRP tid1 200 OK");
            assertThat(answer.header("to-path")).isEqualTo(FROM);
            assertThat(answer.header("from-path")).isEqualTo(to);
            assertThat(next(handler.texts)).isEqualTo("hello");
            assertThat(next(handler.events)).isEqualTo("connected");
        }
        assertThat(handler.end.get(10, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.CONNECTION_LOST);
    }

    @Test
    void theActiveSideBindsTheSessionByAnEmptySend() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen()) {
            RecordingHandler handler = RecordingHandler.accepting();
            MsrpSession session = endpoint.newSession(SessionConfig.defaults(), handler);
            String peerUri = "msrp://127.0.0.1:" + server.getLocalPort() + "/peer;tcp";
            session.connect(RemoteParty.at(MsrpUri.parse(peerUri)));
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                Frame first = peer.read();
                assertThat(first.what()).isEqualTo("SEND");
                assertThat(first.hasBody()).isFalse();
                assertThat(first.header("to-path")).isEqualTo(peerUri);
                assertThat(first.header("from-path"))
                        .isEqualTo(session.localUri().toString());
                assertThat(first.header("content-type")).isNull();
                assertThat(handler.events).isEmpty();
                peer.ok(first);
                assertThat(next(handler.events)).isEqualTo("connected");

                OutgoingMessage message = session.send(
                        SendRequest.of("text/plain").size(2).build(), "hi".getBytes(StandardCharsets.UTF_8));
                Frame send = peer.read();
                assertThat(send.text()).isEqualTo("hi");
                assertThat(send.flag()).isEqualTo('$');
                assertThat(send.header("byte-range")).isEqualTo("1-2/2");
                assertThat(send.header("message-id")).isEqualTo(message.messageId());
                assertThat(message.outcome().toCompletableFuture()).isNotDone();
                peer.ok(send);
                SendOutcome outcome = message.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
                assertThat(outcome.kind()).isEqualTo(SendOutcome.Kind.ACCEPTED);
                assertThat(outcome.confirmed()).isEqualTo(2);
            }
        }
    }

    @Test
    void noResponseIn30SecondsIsAFailure() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        MsrpSession session = passive(handler);
        try (ScriptedPeer peer = dial()) {
            peer.expectNothing(session.localUri().toString(), FROM);
            OutgoingMessage message = session.send(SendRequest.of("text/plain").build(), new byte[] {'x'});
            Frame send = peer.read();
            assertThat(send.header("failure-report")).isNull();
            timers.advance(Duration.ofSeconds(29));
            assertThat(message.outcome().toCompletableFuture()).isNotDone();
            timers.advance(Duration.ofSeconds(2));
            SendOutcome outcome = message.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(outcome.kind()).isEqualTo(SendOutcome.Kind.TIMED_OUT);
            assertThat(outcome.status()).isEqualTo(408);
        }
    }

    @Test
    void withoutFailureReportNothingIsAwaited() throws Exception {
        MsrpSession session = passive(RecordingHandler.accepting());
        try (ScriptedPeer peer = dial()) {
            peer.expectNothing(session.localUri().toString(), FROM);
            OutgoingMessage message = session.send(
                    SendRequest.of("text/plain").failureReport(FailureReport.NO).build(), new byte[] {'x'});
            assertThat(peer.read().header("failure-report")).isEqualTo("no");
            assertThat(message.outcome()
                            .toCompletableFuture()
                            .get(10, TimeUnit.SECONDS)
                            .kind())
                    .isEqualTo(SendOutcome.Kind.SENT);
        }
    }
}
