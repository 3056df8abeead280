package org.isthmus.msrp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.isthmus.msrp.peer.RecordingHandler.next;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.message.OutgoingMessage;
import org.isthmus.msrp.message.SendOutcome;
import org.isthmus.msrp.message.SendRequest;
import org.isthmus.msrp.peer.RecordingHandler;
import org.isthmus.msrp.peer.ScriptedPeer;
import org.isthmus.msrp.tls.Certificates;
import org.isthmus.msrp.tls.Fingerprint;
import org.isthmus.msrp.tls.MsrpTls;
import org.isthmus.msrp.tls.PeerVerification;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4975 §5.4, §14.2, §14.4: who the other side is, in both directions; and never clear text in place of TLS. */
class TlsSessionTest {

    @TempDir
    static Path folder;

    private final java.util.ArrayDeque<MsrpEndpoint> endpoints = new java.util.ArrayDeque<>();

    @AfterEach
    void stop() {
        endpoints.forEach(MsrpEndpoint::close);
    }

    private static KeyStore server() throws Exception {
        return Certificates.selfSigned(folder, "server", "dns:server.lab,ip:127.0.0.1");
    }

    private static KeyStore client() throws Exception {
        return Certificates.selfSigned(folder, "client", "dns:client.lab");
    }

    private MsrpEndpoint start(MsrpTls tls, boolean listens) throws Exception {
        EndpointConfig config = EndpointConfig.defaults("server.lab");
        if (listens) {
            InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
            config = config.withListeners(
                    List.of(new EndpointConfig.Listener(any, true), new EndpointConfig.Listener(any, false)));
        }
        MsrpEndpoint endpoint = MsrpEndpoint.start(
                config,
                Optional.of(tls),
                MsrpTimers.system(),
                new SecureRandom(),
                host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())));
        endpoints.add(endpoint);
        return endpoint;
    }

    private static SessionConfig secure() {
        return SessionConfig.defaults().withSecure(true);
    }

    /** Two sessions over TLS; the active one checks the passive one and the other way round. */
    private record Pair(MsrpSession active, MsrpSession passive, RecordingHandler received) {}

    private Pair connect(MsrpTls activeTls, MsrpTls passiveTls, PeerVerification ofServer, PeerVerification ofClient)
            throws Exception {
        MsrpEndpoint there = start(passiveTls, true);
        MsrpEndpoint here = start(activeTls, false);
        RecordingHandler received = RecordingHandler.accepting();
        MsrpSession passive = there.newSession(secure(), received);
        MsrpSession active = here.newSession(secure(), RecordingHandler.undecided());
        passive.await(RemoteParty.at(active.localUri()).withVerification(ofClient));
        active.connect(RemoteParty.at(passive.localUri()).withVerification(ofServer));
        return new Pair(active, passive, received);
    }

    private static void works(Pair pair) throws Exception {
        OutgoingMessage message =
                pair.active.send(SendRequest.of("text/plain").build(), "secret".getBytes(StandardCharsets.UTF_8));
        assertThat(message.outcome()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .kind())
                .isEqualTo(SendOutcome.Kind.ACCEPTED);
        assertThat(next(pair.received.texts)).isEqualTo("secret");
    }

    private static SessionEnd.Kind fails(Pair pair) throws Exception {
        SessionEnd end = pair.active.whenEnded().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(pair.received.messages).isEmpty();
        return end.kind();
    }

    private static PeerVerification print(KeyStore of) throws Exception {
        return new PeerVerification.ByFingerprint(List.of(Fingerprint.of(Certificates.certificate(of))));
    }

    private static final PeerVerification TRUST = new PeerVerification.ByTrustStore();

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void byTrustStoreAndHostName(String protocol) throws Exception {
        KeyStore trust = Certificates.trusting(server());
        Pair pair =
                connect(Certificates.tls(client(), trust, protocol), Certificates.tls(server(), trust), TRUST, TRUST);
        works(pair);
        assertThat(pair.active.isUnverified()).isFalse();
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        KeyStore other = Certificates.selfSigned(folder, "other", "dns:other.lab");
        KeyStore trust = Certificates.trusting(other);
        Pair pair = connect(Certificates.tls(client(), trust), Certificates.tls(other, trust), TRUST, TRUST);
        assertThat(fails(pair)).isEqualTo(SessionEnd.Kind.TLS);
    }

    @Test
    void anUnknownAuthorityIsRefused() throws Exception {
        KeyStore trust = Certificates.trusting(client());
        Pair pair = connect(Certificates.tls(client(), trust), Certificates.tls(server(), trust), TRUST, TRUST);
        assertThat(fails(pair)).isEqualTo(SessionEnd.Kind.TLS);
    }

    @Test
    void byFingerprintInBothDirectionsWhoeverSigned() throws Exception {
        KeyStore none = Certificates.trusting();
        KeyStore other = Certificates.selfSigned(folder, "other", "dns:other.lab");
        KeyStore trustNobody = Certificates.trusting(other);
        assertThat(none.size()).isZero();
        works(connect(
                Certificates.tls(client(), trustNobody),
                Certificates.tls(server(), trustNobody),
                print(server()),
                print(client())));
    }

    @Test
    void anotherFingerprintOfTheServerIsRefused() throws Exception {
        KeyStore trust = Certificates.trusting(server());
        Pair pair =
                connect(Certificates.tls(client(), trust), Certificates.tls(server(), trust), print(client()), TRUST);
        assertThat(fails(pair)).isEqualTo(SessionEnd.Kind.TLS);
    }

    @Test
    void anotherFingerprintOfTheClientIsRefused() throws Exception {
        KeyStore trust = Certificates.trusting(server());
        Pair pair =
                connect(Certificates.tls(client(), trust), Certificates.tls(server(), trust), TRUST, print(server()));
        assertThat(fails(pair)).isEqualTo(SessionEnd.Kind.REJECTED);
    }

    @Test
    void unverifiedWorksAndShows() throws Exception {
        KeyStore trust = Certificates.trusting(client());
        PeerVerification unverified = new PeerVerification.Unverified();
        Pair pair =
                connect(Certificates.tls(client(), trust), Certificates.tls(server(), trust), unverified, unverified);
        works(pair);
        assertThat(pair.active.isUnverified()).isTrue();
        assertThat(endpoints.getLast().unverifiedSessions()).isEqualTo(1);
    }

    @Test
    void aClearConnectionDoesNotReachASecureSession() throws Exception {
        MsrpEndpoint endpoint = start(Certificates.tls(server(), Certificates.trusting(server())), true);
        RecordingHandler handler = RecordingHandler.accepting();
        MsrpSession session = endpoint.newSession(secure(), handler);
        session.await(RemoteParty.at(MsrpUri.parse("msrps://client.lab:2855/c;tcp")));
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false))) {
            peer.send(ScriptedPeer.frame(
                    "tid1",
                    session.localUri().toString(),
                    "msrps://client.lab:2855/c;tcp",
                    "Message-ID: m1m1\r\nContent-Type: text/plain\r\n",
                    "x",
                    '$'));
            assertThat(peer.read().what()).isEqualTo("481");
            assertThat(handler.messages).isEmpty();
        }
    }

    @Test
    void aSecureSessionIsNotConnectedToAClearUriAndNotTheOtherWayRound() throws Exception {
        MsrpEndpoint endpoint = start(Certificates.tls(server(), Certificates.trusting(server())), true);
        for (boolean ours : new boolean[] {true, false}) {
            MsrpSession session =
                    endpoint.newSession(SessionConfig.defaults().withSecure(ours), RecordingHandler.accepting());
            session.connect(RemoteParty.at(MsrpUri.of(!ours, "127.0.0.1", endpoint.port(!ours), "x")));
            SessionEnd end = session.whenEnded().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThat(end.kind()).isEqualTo(SessionEnd.Kind.NOT_CONNECTED);
        }
    }

    @Test
    void clearTextOnTheSecurePortAndTlsOnTheClearPortEndTheConnection() throws Exception {
        MsrpEndpoint endpoint = start(Certificates.tls(server(), Certificates.trusting(server())), true);
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(true))) {
            peer.send("MSRP abcd SEND\r\n");
            byte[] alert = peer.socket().getInputStream().readAllBytes();
            assertThat(new String(alert, StandardCharsets.ISO_8859_1)).doesNotContain("MSRP");
        }
        try (ScriptedPeer peer = ScriptedPeer.connect(endpoint.port(false))) {
            peer.send(new byte[] {0x16, 3, 1, 0, 5, 1, 0, 0, 1, 0});
            assertThat(peer.readToEnd()).isEmpty();
        }
    }

    @Test
    void aSecurePortNeedsACertificate() {
        EndpointConfig config = EndpointConfig.defaults("x")
                .withListeners(List.of(new EndpointConfig.Listener(new InetSocketAddress("127.0.0.1", 0), true)));
        org.assertj.core.api.Assertions.assertThatIOException()
                .isThrownBy(() -> MsrpEndpoint.start(config, Optional.empty()))
                .withMessageContaining("no certificate");
    }

    @Test
    void connectionsVerifiedDifferentlyAreNotShared() throws Exception {
        KeyStore trust = Certificates.trusting(server());
        MsrpEndpoint there = start(Certificates.tls(server(), trust), true);
        MsrpEndpoint here = start(Certificates.tls(client(), trust), false);
        MsrpUri target = there.newLocalUri(true);
        var one = here.dial(target, Optional.empty(), TRUST, true)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        var two = here.dial(target, Optional.empty(), TRUST, true)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        var other = here.dial(target, Optional.empty(), new PeerVerification.Unverified(), true)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(two).isSameAs(one);
        assertThat(other).isNotSameAs(one);
    }
}
