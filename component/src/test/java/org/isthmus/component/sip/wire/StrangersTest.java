package org.isthmus.component.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Limits;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.junit.jupiter.api.Test;

/** Sources that belong to no partner, floods, and connections that say little or nothing. */
class StrangersTest {

    private static final Duration SOON = Duration.ofMillis(300);

    private static String message(SipTransport transport, SipWire peer, String id) {
        return Requests.message(transport, peer.localPort(), id).toString();
    }

    @Test
    void aStrangersDatagramIsAnswered403AndNotDelivered() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Udp stranger = SipWire.udp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.udp())) {
            stranger.send(message(SipTransport.UDP, stranger, "stranger"));
            assertThat(stranger.receive()).startsWith("SIP/2.0 403 Forbidden\r\n");
            assertThat(gateway.next(SOON)).isEmpty();
            assertThat(gateway.meters.get("isthmus.sip.requests.known").gauge().value())
                    .isZero();
        }
    }

    @Test
    void aStrangersResponseOrNoiseIsNotAnswered() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Udp stranger = SipWire.udp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.udp())) {
            stranger.send("SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP x\r\n\r\n");
            stranger.send("\r\n\r\n");
            stranger.send(new byte[] {0, 1, 2, 3});
            stranger.send(message(SipTransport.UDP, stranger, "x").replaceFirst("MESSAGE", "ACK"));
            assertThat(stranger.receive(SOON)).isEmpty();
        }
    }

    @Test
    void aStrangersConnectionIsClosedAtAccept() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Tcp stranger = SipWire.tcp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.tcp())) {
            assertThat(stranger.closedByPeer(SipWire.PATIENCE)).isTrue();
            assertThat(gateway.meters
                            .counter("isthmus.sip.refused", "why", "stranger")
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void aFloodFromAStrangerDoesNotKeepAPartnerWaiting() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Udp stranger = SipWire.udp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.udp());
                SipWire.Tcp honestTcp = gateway.tcpPeer();
                SipWire.Udp honestUdp = gateway.udpPeer()) {
            AtomicBoolean over = new AtomicBoolean();
            Thread flood = new Thread(() -> {
                try {
                    for (int i = 0; !over.get(); i++) {
                        stranger.send(message(SipTransport.UDP, stranger, "flood" + i));
                        if (i % 50 == 0) {
                            SipWire.tcp(Endpoints.STRANGER, Endpoints.LOCAL, gateway.tcp())
                                    .close();
                        }
                    }
                } catch (IOException refused) {
                    throw new AssertionError("the flood ended early", refused);
                }
            });
            flood.start();
            for (int i = 0; i < 500; i++) {
                honestTcp.send(message(SipTransport.TCP, honestTcp, "tcp" + i));
                assertThat(SipWire.status(honestTcp.receive())).isEqualTo(202);
                gateway.next();
            }
            int answered = 0;
            for (int i = 0; i < 100; i++) {
                String request = message(SipTransport.UDP, honestUdp, "udp" + i);
                for (int attempt = 0; attempt < 10; attempt++) {
                    honestUdp.send(request); // the kernel may drop ours beside the flood: a client sends again
                    if (honestUdp.receive(Duration.ofMillis(500)).isPresent()) {
                        answered++;
                        break;
                    }
                }
                gateway.next();
            }
            over.set(true);
            flood.join();
            assertThat(answered).isEqualTo(100);
            double refused = gateway.meters
                    .counter("isthmus.sip.refused", "why", "stranger")
                    .count();
            assertThat(refused).isGreaterThan(1_000);
            int answers = 0;
            while (stranger.receive(SOON).isPresent()) {
                answers++;
            }
            assertThat(answers).isLessThan(1_000);
        }
    }

    @Test
    void aFloodOfOnePartnerAddressLeavesOthersServed() throws Exception {
        try (Endpoints gateway =
                Endpoints.answering(Limits.with(Map.of("connectionsPerAddress", 4, "connections", 8)))) {
            List<SipWire.Tcp> idle = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                SipWire.Tcp half = SipWire.tcp(Endpoints.address("127.0.0.2"), Endpoints.LOCAL, gateway.tcp());
                half.send("MESSAGE sip:ward3@hospital.example SIP/2.0\r\nVia: SIP/2.0/TCP x");
                idle.add(half);
            }
            long open = 0;
            for (SipWire.Tcp half : idle) {
                open += half.closedByPeer(Duration.ofMillis(50)) ? 0 : 1;
            }
            assertThat(open).isEqualTo(4);
            try (SipWire.Tcp honest = gateway.tcpPeer()) {
                honest.send(message(SipTransport.TCP, honest, "honest"));
                assertThat(SipWire.status(honest.receive())).isEqualTo(202);
            }
            for (SipWire.Tcp half : idle) {
                half.close();
            }
        }
    }

    @Test
    void halfAMessageThatDoesNotGoOnIsClosed() throws Exception {
        try (Endpoints gateway = Endpoints.answering(Limits.with(Map.of("halfMessage", Duration.ofMillis(400))));
                SipWire.Tcp slow = gateway.tcpPeer();
                SipWire.Tcp idle = gateway.tcpPeer()) {
            slow.send("MESSAGE sip:ward3@hospital.example SIP/2.0\r\n");
            assertThat(slow.closedByPeer(SipWire.PATIENCE)).isTrue();
            assertThat(idle.closedByPeer(Duration.ofMillis(600))).isFalse();
        }
    }

    @Test
    void dribblingOctetsDoesNotKeepAMessageOpen() throws Exception {
        try (Endpoints gateway = Endpoints.answering(Limits.with(Map.of("halfMessage", Duration.ofMillis(500))));
                SipWire.Tcp slow = gateway.tcpPeer()) {
            long begun = System.nanoTime();
            boolean closed = false;
            while (!closed && System.nanoTime() - begun < SipWire.PATIENCE.toNanos()) {
                try {
                    slow.send("M");
                } catch (IOException reset) {
                    closed = true;
                }
                closed |= slow.closedByPeer(Duration.ofMillis(50));
            }
            assertThat(closed).isTrue();
        }
    }

    @Test
    void aSilentConnectionIsClosedWhenItsTimeIsOver() throws Exception {
        try (Endpoints gateway = Endpoints.answering(Limits.with(Map.of("idle", Duration.ofMillis(300))));
                SipWire.Tcp idle = gateway.tcpPeer()) {
            assertThat(idle.closedByPeer(SipWire.PATIENCE)).isTrue();
        }
    }

    @Test
    void aClosedConnectionFreesItsPlace() throws Exception {
        try (Endpoints gateway = Endpoints.answering(Limits.with(Map.of("connectionsPerAddress", 1)))) {
            for (int i = 0; i < 20; i++) {
                long deadline = System.nanoTime() + SipWire.PATIENCE.toNanos();
                boolean served = false;
                while (!served && System.nanoTime() < deadline) {
                    try (SipWire.Tcp peer = gateway.tcpPeer()) {
                        peer.send(message(SipTransport.TCP, peer, "place" + i + "x" + System.nanoTime()));
                        served = peer.receive(SOON).isPresent();
                    } catch (IOException refused) {
                        served = false;
                    }
                }
                assertThat(served).isTrue();
            }
        }
    }

    @Test
    void aPeerThatDoesNotReadItsAnswersIsClosedAndTheNextOneServed() throws Exception {
        try (Endpoints gateway = Endpoints.answering(Limits.write(Duration.ofMillis(500)));
                SipWire.Tcp deaf = gateway.tcpPeer();
                SipWire.Tcp honest = gateway.tcpPeer()) {
            boolean closed = false;
            String padding = "x".repeat(4_000);
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            for (int i = 0; !closed && System.nanoTime() < deadline; i++) {
                try {
                    // the answer repeats the Via, so answers are as large as requests
                    deaf.send(Requests.message(SipTransport.TCP, deaf.localPort(), "deaf" + i)
                            .line("Via: SIP/2.0/TCP proxy.example;x=" + padding)
                            .toString());
                } catch (IOException reset) {
                    closed = true;
                }
            }
            assertThat(closed).isTrue();
            honest.send(message(SipTransport.TCP, honest, "honest"));
            assertThat(SipWire.status(honest.receive())).isEqualTo(202);
        }
    }

    @Test
    void aPingIsAnsweredAndAMessageTooLargeRefusedOnALivingConnection() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Tcp peer = gateway.tcpPeer()) {
            peer.send(Requests.message(SipTransport.TCP, 5060, "large")
                    .body("x".repeat(70_000))
                    .toString());
            assertThat(peer.receive()).startsWith("SIP/2.0 513 ");
            peer.send("\r\n\r\n" + message(SipTransport.TCP, peer, "after"));
            assertThat(peer.receive()).startsWith("\r\nSIP/2.0 202 ");
        }
    }

    @Test
    void anAnswerFindsItsWayWhenTheConnectionOfItsRequestIsGone() throws Exception {
        try (Endpoints gateway = Endpoints.silent(org.isthmus.component.sip.SipLimits.DEFAULTS);
                java.net.ServerSocket sentBy = new java.net.ServerSocket(0, 5, Endpoints.LOCAL)) {
            try (SipWire.Tcp peer = gateway.tcpPeer()) {
                peer.send(Requests.message(SipTransport.TCP, sentBy.getLocalPort(), "gone")
                        .toString());
            }
            Endpoints.Delivered delivered = gateway.next();
            awaitClosed(gateway);
            delivered.answer().respond(org.isthmus.component.conversation.SipAnswer.Final.of(202, "Accepted"));
            try (SipWire.Tcp back = new SipWire.Tcp(sentBy.accept())) {
                assertThat(SipWire.header(back.receive(), "Call-ID")).contains("gone");
            }
        }
    }

    private static void awaitClosed(Endpoints gateway) {
        long deadline = System.nanoTime() + SipWire.PATIENCE.toNanos();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("sip-tcp-127"))) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
        assertThat(gateway.waiting()).isZero();
    }
}
