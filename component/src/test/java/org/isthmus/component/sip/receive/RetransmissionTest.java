package org.isthmus.component.sip.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.isthmus.component.conversation.SipAnswer;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Limits;
import org.isthmus.component.sip.ManualTimers;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 3261 §17.2.2, §17.2.3, §8.2.2.2 and RFC 4320 §4.2 on a clock that the test turns. */
class RetransmissionTest {

    private static final Duration SOON = Duration.ofMillis(300);

    private final ManualTimers clock = new ManualTimers();
    private Endpoints gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = Endpoints.silent(SipLimits.DEFAULTS, clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String message(SipWire peer, SipTransport transport, String id) {
        return Requests.message(transport, peer.localPort(), id).toString();
    }

    @Test
    void aRetransmissionGetsTheSameResponseAndNoSecondDelivery() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String request = message(peer, SipTransport.UDP, "dup");
            peer.send(request);
            gateway.next().answer().respond(SipAnswer.Final.of(202, "Accepted"));
            String first = peer.receive();
            clock.advance(Duration.ofSeconds(31));
            peer.send(request);
            assertThat(peer.receive()).isEqualTo(first);
            assertThat(gateway.next(SOON)).isEmpty();
        }
    }

    @Test
    void aCopyByTcpAfterOneByUdpIsTheSameMessage() throws Exception {
        try (SipWire.Udp udp = gateway.udpPeer();
                SipWire.Tcp tcp = gateway.tcpPeer()) {
            udp.send(Requests.message(SipTransport.UDP, 5060, "both")
                    .header("Via", via("UDP", "both", ";rport"))
                    .toString());
            gateway.next().answer().respond(SipAnswer.Final.of(480, "Away"));
            String first = udp.receive();
            tcp.send(Requests.message(SipTransport.TCP, 5060, "both").toString());
            String second = tcp.receive();
            assertThat(SipWire.status(second)).isEqualTo(480);
            assertThat(SipWire.header(second, "To")).isEqualTo(SipWire.header(first, "To"));
            assertThat(gateway.next(SOON)).isEmpty();
        }
    }

    @Test
    void aCopyOnASecondTcpConnectionIsTheSameMessage() throws Exception {
        String request = Requests.message(SipTransport.TCP, 5060, "reconnect").toString();
        try (SipWire.Tcp first = gateway.tcpPeer()) {
            first.send(request);
        }
        Endpoints.Delivered delivered = gateway.next();
        try (SipWire.Tcp second = gateway.tcpPeer()) {
            second.send(request);
            assertThat(gateway.next(SOON)).isEmpty();
            delivered.answer().respond(SipAnswer.Final.of(202, "Accepted"));
            assertThat(SipWire.status(second.receive())).isEqualTo(202);
        }
    }

    @Test
    void whileTheAnswerIsMissingA100LeavesOnlyWhenTimerEHasReachedT2() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String request = message(peer, SipTransport.UDP, "slow");
            peer.send(request);
            Endpoints.Delivered delivered = gateway.next();
            clock.advance(Duration.ofMillis(1_500));
            peer.send(request);
            assertThat(peer.receive(SOON)).isEmpty();
            clock.advance(Duration.ofMillis(2_000));
            peer.send(request);
            String trying = peer.receive();
            assertThat(trying).startsWith("SIP/2.0 100 Trying\r\n");
            assertThat(SipWire.header(trying, "To")).contains("<sip:ward3@hospital.example>");
            delivered.answer().respond(SipAnswer.Final.of(202, "Accepted"));
            assertThat(SipWire.status(peer.receive())).isEqualTo(202);
        }
    }

    @Test
    void theSameRequestByAnotherPathIsMerged() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String request = message(peer, SipTransport.UDP, "fork");
            peer.send(request);
            gateway.next();
            peer.send(request.replace("branch=z9hG4bKfork", "branch=z9hG4bKother"));
            assertThat(peer.receive()).startsWith("SIP/2.0 482 Request Merged\r\n");
            assertThat(gateway.next(SOON)).isEmpty();
        }
    }

    @Test
    void equalTextInDifferentRequestsAlwaysPasses() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            peer.send(message(peer, SipTransport.UDP, "one"));
            peer.send(message(peer, SipTransport.UDP, "two"));
            assertThat(gateway.next().text()).isEqualTo(gateway.next().text());
        }
    }

    @Test
    void aBranchUsedTwiceForDifferentMessagesSwallowsNone() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String first = message(peer, SipTransport.UDP, "same");
            peer.send(first);
            gateway.next().answer().respond(SipAnswer.Final.of(202, "Accepted"));
            peer.receive();
            peer.send(first.replace("Call-ID: same", "Call-ID: other").replace("hello", "world"));
            assertThat(gateway.next().text()).isEqualTo("world");
        }
    }

    @Test
    void aCallIdUsedTwiceWithAnotherCseqIsANewMessage() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String first = message(peer, SipTransport.UDP, "thread");
            peer.send(first);
            gateway.next();
            peer.send(first.replace("CSeq: 1", "CSeq: 2").replace("bKthread", "bKthread2"));
            assertThat(gateway.next().transaction().cseq()).isEqualTo(2);
        }
    }

    @Test
    void aPeerWithoutMagicCookieIsToldApartByTheRest() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String old = message(peer, SipTransport.UDP, "old").replace("z9hG4bKold", "1");
            peer.send(old);
            gateway.next().answer().respond(SipAnswer.Final.of(202, "Accepted"));
            String first = peer.receive();
            peer.send(old);
            assertThat(peer.receive()).isEqualTo(first);
            peer.send(old.replace("CSeq: 1", "CSeq: 2"));
            assertThat(gateway.next().transaction().cseq()).isEqualTo(2);
        }
    }

    @Test
    void afterSixtyFourT1TheRequestIsForgotten() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String request = message(peer, SipTransport.UDP, "late");
            peer.send(request);
            gateway.next().answer().respond(SipAnswer.Final.of(202, "Accepted"));
            peer.receive();
            clock.advance(Duration.ofSeconds(33));
            peer.send(request);
            assertThat(gateway.next(Duration.ofSeconds(5))).isPresent();
        }
    }

    @Test
    void aRequestThatTheGatewayNeverAnswersIsAnswered504AndALaterAnswerIsDropped() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            peer.send(message(peer, SipTransport.UDP, "stuck"));
            Endpoints.Delivered delivered = gateway.next();
            clock.advance(Duration.ofSeconds(29));
            assertThat(peer.receive(SOON)).isEmpty();
            clock.advance(Duration.ofSeconds(2));
            assertThat(peer.receive()).startsWith("SIP/2.0 504 Server Time-out\r\n");
            delivered.answer().respond(SipAnswer.Final.of(202, "Accepted"));
            assertThat(peer.receive(SOON)).isEmpty();
            assertThat(gateway.meters.counter("isthmus.sip.unanswered").count()).isEqualTo(1);
        }
    }

    @Test
    void retryAfterAndAcceptLeaveWithTheAnswer() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            peer.send(message(peer, SipTransport.UDP, "headers"));
            gateway.next()
                    .answer()
                    .respond(new SipAnswer.Final(
                            480,
                            "Später\r\nEvil: yes",
                            Optional.of(Duration.ofSeconds(7)),
                            Optional.of("text/plain, text/html")));
            String answer = peer.receive();
            assertThat(answer).startsWith("SIP/2.0 480 Später  Evil: yes\r\n");
            assertThat(SipWire.header(answer, "Retry-After")).contains("7");
            assertThat(SipWire.header(answer, "Accept")).contains("text/plain, text/html");
            assertThat(SipWire.header(answer, "Evil")).isEmpty();
        }
    }

    @Test
    void tooManyUnansweredRequestsAreTold503WithoutBeingKept() throws Exception {
        gateway.close();
        gateway = Endpoints.silent(Limits.unanswered(3), clock);
        try (SipWire.Udp peer = gateway.udpPeer()) {
            for (int i = 0; i < 3; i++) {
                peer.send(message(peer, SipTransport.UDP, "load" + i));
                gateway.next();
            }
            peer.send(message(peer, SipTransport.UDP, "load3"));
            String answer = peer.receive();
            assertThat(answer).startsWith("SIP/2.0 503 ");
            assertThat(SipWire.header(answer, "Retry-After")).isPresent();
            assertThat(gateway.next(SOON)).isEmpty();
        }
    }

    private static String via(String transport, String id, String more) {
        return "SIP/2.0/" + transport + " 127.0.0.1:5060;branch=z9hG4bK" + id + more;
    }
}
