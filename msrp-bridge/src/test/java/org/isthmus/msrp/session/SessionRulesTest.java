package org.isthmus.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.msrp.peer.RecordingHandler.next;
import static org.isthmus.msrp.peer.ScriptedPeer.frame;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.message.IncomingLimits;
import org.isthmus.msrp.message.IncomingMessage;
import org.isthmus.msrp.message.OutgoingMessage;
import org.isthmus.msrp.message.SendListener;
import org.isthmus.msrp.message.SendOutcome;
import org.isthmus.msrp.message.SendRequest;
import org.isthmus.msrp.peer.Endpoints;
import org.isthmus.msrp.peer.ManualTimers;
import org.isthmus.msrp.peer.RecordingHandler;
import org.isthmus.msrp.peer.ScriptedPeer;
import org.isthmus.msrp.peer.ScriptedPeer.Frame;
import org.isthmus.msrp.peer.TestPublisher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4975 §5.4, §7, §10: sessions and their connections against a scripted peer, with time moved by hand. */
class SessionRulesTest {

    private static final String TEXT = "Content-Type: text/plain\r\n";

    private final ManualTimers timers = new ManualTimers();
    private final MsrpEndpoint endpoint = Endpoints.start(timers);

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private static SendRequest text() {
        return SendRequest.of("text/plain").build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SendOutcome outcome(OutgoingMessage message) throws Exception {
        return message.outcome().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static SessionEnd end(MsrpSession session) throws Exception {
        return session.whenEnded().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    // ---- binding ----------------------------------------------------------------------------------------------------

    @Test
    void aMessageIsAcknowledgedAndHandedOver() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        MsrpSession session = Endpoints.passive(endpoint, SessionConfig.defaults(), handler);
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false))) {
            String to = session.localUri().toString();
            String fields = "Message-ID: m1m1\r\nByte-Range: 1-5/5\r\n" + TEXT;
            peer.send(frame("tid1", to, Endpoints.PEER, fields, "hello", '$'));
            Frame answer = peer.read();
            assertThat(answer.start()).isEqualTo("MSRP tid1 200 OK");
            assertThat(answer.header("to-path")).isEqualTo(Endpoints.PEER);
            assertThat(answer.header("from-path")).isEqualTo(to);
            assertThat(next(handler.texts)).isEqualTo("hello");
            assertThat(next(handler.events)).isEqualTo("connected");
        }
        assertThat(handler.end.get(10, TimeUnit.SECONDS).kind()).isEqualTo(SessionEnd.Kind.CONNECTION_LOST);
        assertThat(endpoint.sessionCount()).isZero();
    }

    @Test
    void theActiveSideBindsTheSessionByAnEmptySend() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen()) {
            RecordingHandler handler = RecordingHandler.accepting();
            MsrpSession session = endpoint.newSession(SessionConfig.defaults(), handler);
            String peerUri = "msrp://127.0.0.1:" + server.getLocalPort() + "/peer;tcp";
            session.connect(RemoteParty.at(MsrpUri.parse(peerUri)));
            OutgoingMessage early = session.send(text(), bytes("at once"));
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                Frame first = peer.read();
                assertThat(first.what()).isEqualTo("SEND");
                assertThat(first.hasBody()).isFalse();
                assertThat(first.header("to-path")).isEqualTo(peerUri);
                assertThat(first.header("from-path"))
                        .isEqualTo(session.localUri().toString());
                assertThat(first.header("content-type")).isNull();
                assertThat(first.header("byte-range")).isNull();
                Frame send = peer.read();
                assertThat(send.text()).isEqualTo("at once");
                assertThat(handler.events).isEmpty();
                peer.ok(first);
                assertThat(next(handler.events)).isEqualTo("connected");
                assertThat(send.header("message-id")).isEqualTo(early.messageId());
                peer.ok(send);
                assertThat(outcome(early).kind()).isEqualTo(SendOutcome.Kind.ACCEPTED);
                assertThat(early.confirmed()).isEqualTo(7);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {481, 506})
    void aSessionThatThePeerDoesNotKnowEnds(int status) throws Exception {
        try (ServerSocket server = ScriptedPeer.listen()) {
            MsrpSession session = endpoint.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.parse("msrp://127.0.0.1:" + server.getLocalPort() + "/peer;tcp")));
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                peer.respond(peer.read(), status, "No");
                assertThat(end(session).kind()).isEqualTo(SessionEnd.Kind.REJECTED);
            }
        }
    }

    @Test
    void aPeerThatDoesNotAnswerTheFirstRequestIsNotConnected() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen()) {
            MsrpSession session = endpoint.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.parse("msrp://127.0.0.1:" + server.getLocalPort() + "/peer;tcp")));
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                peer.read();
                timers.advance(Duration.ofSeconds(32));
                assertThat(end(session).kind()).isEqualTo(SessionEnd.Kind.NOT_CONNECTED);
            }
        }
    }

    @Test
    void aPortWhereNobodyListensIsToldAtOnce() throws Exception {
        int port;
        try (ServerSocket closed = ScriptedPeer.listen()) {
            port = closed.getLocalPort();
        }
        MsrpSession session = endpoint.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
        OutgoingMessage message = session.send(text(), bytes("x"));
        session.connect(RemoteParty.at(MsrpUri.parse("msrp://127.0.0.1:" + port + "/peer;tcp")));
        assertThat(end(session).kind()).isEqualTo(SessionEnd.Kind.NOT_CONNECTED);
        assertThat(outcome(message).kind()).isEqualTo(SendOutcome.Kind.SESSION_ENDED);
    }

    @Test
    void theAddressesOfAHostAreTriedInTheirOrder() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen();
                MsrpEndpoint resolving = MsrpEndpoint.start(
                        EndpointConfig.defaults("127.0.0.1"),
                        java.util.Optional.empty(),
                        timers,
                        new java.security.SecureRandom(),
                        host -> CompletableFuture.completedFuture(
                                List.of(InetAddress.getLoopbackAddress(), InetAddress.getLoopbackAddress())))) {
            // A first address that refuses: the port is right, the address is one of the loopback net without listener.
            MsrpSession session = resolving.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.parse("msrp://peer.lab:" + server.getLocalPort() + "/peer;tcp")));
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                Frame first = peer.read();
                assertThat(first.header("to-path")).startsWith("msrp://peer.lab:");
                peer.ok(first);
                session.whenConnected().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aRefusedAddressIsFollowedByTheNext() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen();
                MsrpEndpoint resolving = MsrpEndpoint.start(
                        EndpointConfig.defaults("127.0.0.1"),
                        java.util.Optional.empty(),
                        timers,
                        new java.security.SecureRandom(),
                        host -> CompletableFuture.completedFuture(
                                List.of(address(127, 0, 0, 2), address(127, 0, 0, 1))))) {
            MsrpSession session = resolving.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.parse("msrp://peer.lab:" + server.getLocalPort() + "/peer;tcp")));
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                peer.ok(peer.read());
                session.whenConnected().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }

    private static InetAddress address(int a, int b, int c, int d) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d});
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anIpv6PeerIsReached() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("::1"))) {
            MsrpSession session = endpoint.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.parse("msrp://[::1]:" + server.getLocalPort() + "/peer;tcp")));
            try (ScriptedPeer peer = new ScriptedPeer(server.accept())) {
                peer.ok(peer.read());
                session.whenConnected().toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
        }
    }

    /** RFC 6714: a middlebox wants the connection at the address of c= and m=; the path stays what it is. */
    @Test
    void theConnectionGoesWhereItIsToldWhileThePathStays() throws Exception {
        try (var bound = Endpoints.dialled(
                endpoint,
                SessionConfig.defaults(),
                RecordingHandler.accepting(),
                party -> new RemoteParty(
                                List.of(MsrpUri.parse("msrp://10.255.255.1:9/behind;tcp")),
                                party.verification(),
                                java.util.Optional.empty(),
                                MediaTypes.ANY,
                                java.util.OptionalLong.empty(),
                                0)
                        .withConnectTo(new InetSocketAddress(
                                "127.0.0.1", party.path().get(0).port())))) {
            bound.session().send(text(), bytes("x"));
            assertThat(bound.peer().read().header("to-path")).isEqualTo("msrp://10.255.255.1:9/behind;tcp");
        }
    }

    @Test
    void aRequestOnASecondConnectionIsRefusedWith506() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting());
                ScriptedPeer intruder = ScriptedPeer.connect(endpoint.port(false))) {
            intruder.send(frame("tid1", bound.uri(), Endpoints.PEER, "Message-ID: m1m1\r\n" + TEXT, "x", '$'));
            assertThat(intruder.read().what()).isEqualTo("506");
            bound.expectNothing();
        }
    }

    @Test
    void anActiveSessionIsNotGivenToWhoConnects() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen();
                ScriptedPeer intruder = ScriptedPeer.connect(endpoint.port(false))) {
            MsrpSession session = endpoint.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.parse("msrp://127.0.0.1:" + server.getLocalPort() + "/peer;tcp")));
            intruder.send(frame(
                    "tid1", session.localUri().toString(), Endpoints.PEER, "Message-ID: m1m1\r\n" + TEXT, "x", '$'));
            assertThat(intruder.read().what()).isEqualTo("506");
        }
    }

    @Test
    void aPeerThatIsFasterThanTheSignallingWaitsUnread() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        MsrpSession session = endpoint.newSession(SessionConfig.defaults(), handler);
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false))) {
            String to = session.localUri().toString();
            String fields = "Message-ID: m1m1\r\n" + TEXT;
            peer.send(frame("tid1", to, Endpoints.PEER, fields, "early", '$')
                    + frame("tid2", to, Endpoints.PEER, fields.replace("m1", "m2"), "too", '$'));
            assertThat(peer.isSilentFor(100)).isTrue();
            timers.advance(Duration.ofSeconds(40));
            session.await(RemoteParty.at(MsrpUri.parse(Endpoints.PEER)));
            assertThat(peer.read().id()).isEqualTo("tid1");
            assertThat(peer.read().id()).isEqualTo("tid2");
            assertThat(next(handler.texts)).isEqualTo("early");
            assertThat(next(handler.texts)).isEqualTo("too");
        }
    }

    @Test
    void aPeerThatWaitsForASessionThatIsGivenUpGets481() throws Exception {
        MsrpSession session = endpoint.newSession(SessionConfig.defaults(), RecordingHandler.accepting());
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false))) {
            peer.send(frame(
                    "tid1", session.localUri().toString(), Endpoints.PEER, "Message-ID: m1m1\r\n" + TEXT, "x", '$'));
            assertThat(peer.isSilentFor(100)).isTrue();
            session.close("declined");
            assertThat(peer.read().what()).isEqualTo("481");
        }
    }

    @Test
    void noConnectionInTimeEndsAPassiveSession() throws Exception {
        MsrpSession session = Endpoints.passive(endpoint, SessionConfig.defaults(), RecordingHandler.accepting());
        timers.advance(Duration.ofSeconds(31));
        assertThat(end(session).kind()).isEqualTo(SessionEnd.Kind.NOT_CONNECTED);
    }

    @Test
    void severalSessionsShareAConnectionInBothDirections() throws Exception {
        try (ServerSocket server = ScriptedPeer.listen()) {
            String host = "msrp://127.0.0.1:" + server.getLocalPort();
            RecordingHandler[] handlers = new RecordingHandler[3];
            MsrpSession[] sessions = new MsrpSession[3];
            for (int i = 0; i < 3; i++) {
                handlers[i] = RecordingHandler.accepting();
                sessions[i] = endpoint.newSession(SessionConfig.defaults(), handlers[i]);
                sessions[i].connect(RemoteParty.at(MsrpUri.parse(host + "/peer" + i + ";tcp")));
            }
            try (ScriptedPeer peer = ScriptedPeer.accept(server)) {
                for (int i = 0; i < 3; i++) {
                    peer.ok(peer.read());
                }
                for (int i = 0; i < 3; i++) {
                    assertThat(next(handlers[i].events)).isEqualTo("connected");
                    peer.send(frame(
                            "tid" + i,
                            sessions[i].localUri().toString(),
                            host + "/peer" + i + ";tcp",
                            "Message-ID: m1m1\r\n" + TEXT,
                            "for " + i,
                            '$'));
                    peer.read();
                    assertThat(next(handlers[i].texts)).isEqualTo("for " + i);
                }
                sessions[1].close("done");
                assertThat(end(sessions[1]).kind()).isEqualTo(SessionEnd.Kind.CLOSED);
                peer.send(frame(
                        "tid9",
                        sessions[1].localUri().toString(),
                        host + "/peer1;tcp",
                        "Message-ID: m1m1\r\n" + TEXT,
                        "x",
                        '$'));
                assertThat(peer.read().what()).isEqualTo("481");
                sessions[2].send(text(), bytes("still here"));
                assertThat(peer.read().text()).isEqualTo("still here");
            }
        }
    }

    @Test
    void aConnectionWithoutSessionsIsKeptForAWhileAndThenClosed() throws Exception {
        var bound = Endpoints.dialled(endpoint, SessionConfig.defaults(), RecordingHandler.accepting(), p -> p);
        bound.session().close("done");
        end(bound.session());
        timers.advance(Duration.ofSeconds(20));
        assertThat(bound.peer().isSilentFor(50)).isTrue();
        timers.advance(Duration.ofSeconds(15));
        assertThat(bound.peer().readToEnd()).isEmpty();
        bound.close();
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    @Test
    void aConnectionWithoutAValidRequestIsClosedAfter30Seconds() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false))) {
            peer.send(frame(
                    "tid1", "msrp://127.0.0.1:1/none;tcp", Endpoints.PEER, "Message-ID: m1\r\n" + TEXT, "x", '$'));
            assertThat(peer.read().what()).isEqualTo("481");
            timers.advance(Duration.ofSeconds(31));
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void aSilentPeerIsAskedAndWithoutAnswerGivenUp() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            timers.advance(Duration.ofSeconds(61));
            Frame ask = bound.peer().read();
            assertThat(ask.what()).isEqualTo("SEND");
            assertThat(ask.hasBody()).isFalse();
            assertThat(ask.header("to-path")).isEqualTo(Endpoints.PEER);
            bound.peer().ok(ask);
            bound.expectNothing();
            timers.advance(Duration.ofSeconds(61));
            assertThat(bound.peer().read().hasBody()).isFalse();
            timers.advance(Duration.ofSeconds(32));
            assertThat(end(bound.session()).words()).contains("keep-alive");
            assertThat(bound.peer().readToEnd()).isEmpty();
        }
    }

    @Test
    void anIdleSessionIsToldToTheApplicationAndNotEnded() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            assertThat(next(handler.events)).isEqualTo("connected");
            for (int minute = 0; minute < 11; minute++) {
                timers.advance(Duration.ofSeconds(59));
                bound.expectNothing();
            }
            assertThat(next(handler.events)).isEqualTo("idle");
            bound.expectNothing();
        }
    }

    @Test
    void chunksOfAMessageThatNobodyDecidesOnAreAcknowledgedInTime() throws Exception {
        RecordingHandler handler = RecordingHandler.undecided();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            bound.send("tid1", "Message-ID: m1m1\r\n" + TEXT, "think", '$');
            IncomingMessage message = next(handler.messages);
            assertThat(bound.peer().isSilentFor(100)).isTrue();
            timers.advance(Duration.ofSeconds(21));
            assertThat(bound.peer().read().what()).isEqualTo("200");
            byte[] whole = message.acceptWhole(100).toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(whole).isEqualTo(bytes("think"));
            bound.expectNothing();
        }
    }

    // ---- decisions --------------------------------------------------------------------------------------------------

    @Test
    void aRefusedMessageIsRefusedInAllItsChunks() throws Exception {
        RecordingHandler handler = new RecordingHandler((self, message) -> message.refuse(403));
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            String fields = "Message-ID: m1m1\r\nByte-Range: %d-*/30\r\n" + TEXT;
            for (int i = 0; i < 3; i++) {
                bound.send("tid" + i, fields.formatted(1 + 10 * i), "0123456789", i == 2 ? '$' : '+');
                assertThat(bound.peer().read().what()).isEqualTo("403");
            }
            assertThat(handler.messages).hasSize(1);
            bound.send("tid9", "Message-ID: m2m2\r\nFailure-Report: no\r\n" + TEXT, "x", '$');
            bound.expectNothing();
        }
    }

    @Test
    void aMessageIsRefusedInTheMiddleOfItsOnlyChunk() throws Exception {
        RecordingHandler handler = RecordingHandler.undecided();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            String whole = frame("tid1", bound.uri(), Endpoints.PEER, "Message-ID: m1m1\r\n" + TEXT, "abcdef", '$');
            bound.peer().send(whole.substring(0, whole.indexOf("def")));
            next(handler.messages).refuse(413);
            assertThat(bound.peer().read().what()).isEqualTo("413");
            bound.peer().send("\r\n-------tid1#\r\n");
            bound.expectNothing();
        }
    }

    @Test
    void aMessageLargerThanAllowedIsRefusedAsSoonAsThatIsKnown() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        SessionConfig config =
                SessionConfig.defaults().withIncoming(IncomingLimits.defaults().withMaxMessageOctets(10));
        try (var bound = Endpoints.bound(endpoint, config, handler)) {
            bound.send("tid1", "Message-ID: m1m1\r\nByte-Range: 1-*/11\r\n" + TEXT, "abc", '+');
            assertThat(bound.peer().read().what()).isEqualTo("413");
            bound.send("tid2", "Message-ID: m2m2\r\nByte-Range: 1-*/*\r\n" + TEXT, "0123456789a", '$');
            assertThat(bound.peer().read().what()).isEqualTo("413");
            bound.send("tid3", "Message-ID: m3m3\r\nByte-Range: 1-*/*\r\n" + TEXT, "0123456789", '$');
            assertThat(bound.peer().read().what()).isEqualTo("200");
        }
    }

    @Test
    void moreMessagesAtOnceThanAllowedAreRefused() throws Exception {
        SessionConfig config =
                SessionConfig.defaults().withIncoming(IncomingLimits.defaults().withMaxMessages(2));
        try (var bound = Endpoints.bound(endpoint, config, RecordingHandler.accepting())) {
            for (int i = 0; i < 3; i++) {
                bound.send("tid" + i, "Message-ID: m1m" + i + "\r\nByte-Range: 1-*/9\r\n" + TEXT, "abc", '+');
                assertThat(bound.peer().read().what()).isEqualTo(i < 2 ? "200" : "413");
            }
        }
    }

    @Test
    void bothSidesMayGiveAMessageUp() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults().withChunkOctets(2048), handler)) {
            bound.send("tid1", "Message-ID: m1m1\r\nByte-Range: 1-*/9\r\n" + TEXT, "abc", '#');
            assertThat(bound.peer().read().what()).isEqualTo("200");
            assertThat(next(handler.texts)).contains("gave it up");

            TestPublisher source = new TestPublisher().block(new byte[2048]);
            OutgoingMessage message =
                    bound.session().send(SendRequest.of("a/b").size(9000).build(), source, SendListener.NONE);
            Frame first = bound.peer().read();
            assertThat(first.flag()).isEqualTo('+');
            message.abort("enough");
            Frame last = bound.peer().read();
            assertThat(last.flag()).isEqualTo('#');
            assertThat(last.header("message-id")).isEqualTo(message.messageId());
            assertThat(last.header("byte-range")).isEqualTo("2049-*/9000");
            assertThat(outcome(message).kind()).isEqualTo(SendOutcome.Kind.ABORTED);
            assertThat(source.isCancelled()).isTrue();
            bound.expectNothing();
        }
    }

    // ---- what the peer says
    // ------------------------------------------------------------------------------------------

    @Test
    void aTypeThatThePeerHasRefusedIsNotSentAgain() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            OutgoingMessage message =
                    bound.session().send(SendRequest.of("image/png").build(), bytes("x"));
            bound.peer().respond(bound.peer().read(), 415, "What");
            assertThat(outcome(message).kind()).isEqualTo(SendOutcome.Kind.REFUSED);
            SendOutcome again =
                    outcome(bound.session().send(SendRequest.of("image/png").build(), bytes("x")));
            assertThat(again.kind()).isEqualTo(SendOutcome.Kind.NOT_ALLOWED);
            assertThat(again.status()).isEqualTo(415);
            bound.expectNothing();
            bound.session().send(text(), bytes("text is fine"));
            assertThat(bound.peer().read().text()).isEqualTo("text is fine");
        }
    }

    @Test
    void onlyTypesAndSizesThatThePeerTakesAreSent() throws Exception {
        try (var bound = Endpoints.dialled(
                endpoint,
                SessionConfig.defaults(),
                RecordingHandler.accepting(),
                party -> party.withAcceptTypes(MediaTypes.of("message/cpim", "text/*"))
                        .withMaxSize(5))) {
            assertThat(outcome(bound.session().send(SendRequest.of("image/png").build(), bytes("x")))
                            .kind())
                    .isEqualTo(SendOutcome.Kind.NOT_ALLOWED);
            assertThat(outcome(bound.session()
                                    .send(SendRequest.of("text/plain").size(6).build(), bytes("123456")))
                            .status())
                    .isEqualTo(413);
            bound.session()
                    .send(SendRequest.of("Text/Plain;charset=utf-8").size(5).build(), bytes("12345"));
            assertThat(bound.peer().read().text()).isEqualTo("12345");
        }
    }

    @Test
    void a481ToAMessageEndsTheSessionAndA403DoesNot() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            OutgoingMessage one = bound.session().send(text(), bytes("x"));
            bound.peer().respond(bound.peer().read(), 403, "No");
            assertThat(outcome(one).status()).isEqualTo(403);
            OutgoingMessage two = bound.session().send(text(), bytes("x"));
            bound.peer().respond(bound.peer().read(), 481, "No");
            assertThat(outcome(two).status()).isEqualTo(481);
            assertThat(end(bound.session()).kind()).isEqualTo(SessionEnd.Kind.REJECTED);
        }
    }

    @Test
    void aSuccessReportOfTheWholeDelivers() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            SendRequest request =
                    SendRequest.of("text/plain").successReport(true).build();
            OutgoingMessage inPieces = bound.session().send(request, bytes("123456"));
            Frame send = bound.peer().read();
            assertThat(send.header("success-report")).isEqualTo("yes");
            bound.peer().report(send, "4-6/6", "000 200 OK");
            bound.peer().ok(send);
            bound.expectNothing();
            assertThat(inPieces.outcome().toCompletableFuture()).isNotDone();
            bound.peer().report(send, "1-3/6", "000 200 OK");
            assertThat(outcome(inPieces).kind()).isEqualTo(SendOutcome.Kind.DELIVERED);

            OutgoingMessage withoutRange = bound.session().send(request, bytes("123456"));
            Frame second = bound.peer().read();
            bound.peer().report(second, "", "000 200 OK");
            assertThat(outcome(withoutRange).kind()).isEqualTo(SendOutcome.Kind.DELIVERED);
        }
    }

    @Test
    void aSuccessReportThatDoesNotComeIsNotAwaitedForEver() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            OutgoingMessage message = bound.session()
                    .send(SendRequest.of("text/plain").successReport(true).build(), bytes("x"));
            bound.peer().ok(bound.peer().read());
            bound.expectNothing();
            assertThat(message.outcome().toCompletableFuture()).isNotDone();
            timers.advance(Duration.ofSeconds(59));
            bound.expectNothing();
            timers.advance(Duration.ofSeconds(2));
            assertThat(outcome(message).kind()).isEqualTo(SendOutcome.Kind.ACCEPTED);
            assertThat(outcome(message).words()).contains("no success REPORT");
        }
    }

    @Test
    void aFailureReportAfterThe200IsToldAsALateFailure() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            CompletableFuture<Integer> late = new CompletableFuture<>();
            SendListener listener = new SendListener() {
                @Override
                public void onLateFailure(int status, String words) {
                    late.complete(status);
                }
            };
            OutgoingMessage message = bound.session()
                    .send(
                            text(),
                            subscriber -> {
                                subscriber.onSubscribe(new java.util.concurrent.Flow.Subscription() {
                                    @Override
                                    public void request(long n) {
                                        subscriber.onNext(java.nio.ByteBuffer.wrap(bytes("x")));
                                        subscriber.onComplete();
                                    }

                                    @Override
                                    public void cancel() {}
                                });
                            },
                            listener);
            Frame send = bound.peer().read();
            bound.peer().ok(send);
            assertThat(outcome(message).isSuccess()).isTrue();
            bound.peer().report(send, "1-1/1", "000 415 Cannot");
            assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(415);
            bound.expectNothing();
            bound.peer().report(send, "1-1/1", "000 481 Gone");
            assertThat(end(bound.session()).kind()).isEqualTo(SessionEnd.Kind.FAILED);
        }
    }

    @Test
    void aReportInAnotherNamespaceMeansNothing() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            OutgoingMessage message = bound.session().send(text(), bytes("x"));
            Frame send = bound.peer().read();
            bound.peer().report(send, "1-1/1", "123 481 Something");
            bound.expectNothing();
            bound.peer().ok(send);
            assertThat(outcome(message).kind()).isEqualTo(SendOutcome.Kind.ACCEPTED);
        }
    }

    @Test
    void anErrorToAPartialMessageIsToldThoughNothingIsAwaited() throws Exception {
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), RecordingHandler.accepting())) {
            CompletableFuture<Integer> late = new CompletableFuture<>();
            OutgoingMessage message = bound.session()
                    .send(
                            SendRequest.of("text/plain")
                                    .failureReport(org.isthmus.msrp.frame.FailureReport.PARTIAL)
                                    .build(),
                            new OneBlock(bytes("x")),
                            new SendListener() {
                                @Override
                                public void onLateFailure(int status, String words) {
                                    late.complete(status);
                                }
                            });
            Frame send = bound.peer().read();
            assertThat(send.header("failure-report")).isEqualTo("partial");
            assertThat(outcome(message).kind()).isEqualTo(SendOutcome.Kind.SENT);
            bound.peer().respond(send, 413, "No");
            assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(413);
        }
    }

    @Test
    void anEmptyMessageIsAMessageAndABodilessSendIsNone() throws Exception {
        RecordingHandler handler = RecordingHandler.accepting();
        try (var bound = Endpoints.bound(endpoint, SessionConfig.defaults(), handler)) {
            bound.send("tid1", "Message-ID: m1m1\r\nByte-Range: 1-0/0\r\n" + TEXT, "", '$');
            assertThat(bound.peer().read().what()).isEqualTo("200");
            assertThat(next(handler.texts)).isEmpty();
            bound.expectNothing();
            assertThat(handler.messages).hasSize(1);
            bound.session().send(SendRequest.of("text/plain").size(0).build(), new byte[0]);
            Frame empty = bound.peer().read();
            assertThat(empty.hasBody()).isTrue();
            assertThat(empty.body()).isEmpty();
            assertThat(empty.header("byte-range")).isEqualTo("1-0/0");
        }
    }
}
