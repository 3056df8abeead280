package org.isthmus.component.sip.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a partner's request is refused for, on the wire. After each refusal the same connection carries a message. */
class RequestRulesTest {

    private static Endpoints gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = Endpoints.answering();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Requests request(String id) {
        return Requests.message(SipTransport.TCP, 5060, id);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of("INVITE is not served", request("r1").method("INVITE"), 405, "Allow", "MESSAGE, OPTIONS"),
                Arguments.of(
                        "an unknown method is not served",
                        request("r2").method("NEWMETHOD"),
                        405,
                        "Allow",
                        "MESSAGE, OPTIONS"),
                Arguments.of(
                        "SUBSCRIBE is not served yet",
                        request("r3").method("SUBSCRIBE").header("Event", "presence"),
                        405,
                        "Allow",
                        "MESSAGE, OPTIONS"),
                Arguments.of(
                        "SUBSCRIBE to an unknown package",
                        request("r3b").method("SUBSCRIBE").header("Event", "dialog;id=7"),
                        489,
                        "Allow-Events",
                        "presence"),
                Arguments.of(
                        "PUBLISH without a package", request("r3c").method("PUBLISH"), 489, "Allow-Events", "presence"),
                Arguments.of(
                        "a type we do not read",
                        request("r4").header("Content-Type", "application/unknown"),
                        415,
                        "Accept",
                        "text/plain"),
                Arguments.of(
                        "an encoded body",
                        request("r5").header("Content-Encoding", "gzip"),
                        415,
                        "Accept-Encoding",
                        "identity"),
                Arguments.of(
                        "an extension that is required",
                        request("r6").header("Require", "100rel, foo").line("Require: bar"),
                        420,
                        "Unsupported",
                        "100rel, foo, bar"),
                Arguments.of(
                        "a sips address",
                        request("r7").startLine("MESSAGE sips:ward3@hospital.example SIP/2.0"),
                        480,
                        "Warning",
                        "380 hospital.example \"SIPS Not Allowed\""),
                Arguments.of(
                        "a telephone address",
                        request("r8").startLine("MESSAGE tel:+4930123 SIP/2.0"),
                        416,
                        "CSeq",
                        "1 MESSAGE"),
                Arguments.of("no hops left", request("r9").header("Max-Forwards", "0"), 483, "CSeq", "1 MESSAGE"),
                Arguments.of(
                        "a sender outside the partner's domains",
                        request("r10").header("From", "<sip:eve@evil.example>;tag=1"),
                        403,
                        "CSeq",
                        "1 MESSAGE"),
                Arguments.of(
                        "a sender who claims to be an XMPP user, although the partner's list has the domain",
                        request("r11").header("From", "\"Dr X\" <sip:drx@HOSPITAL.example>;tag=1"),
                        403,
                        "CSeq",
                        "1 MESSAGE"),
                Arguments.of(
                        "a sender without a domain",
                        request("r12").header("From", "<tel:+4930123>;tag=1"),
                        403,
                        "CSeq",
                        "1 MESSAGE"),
                Arguments.of(
                        "a dialog that is not there",
                        request("r13").header("To", "<sip:ward3@hospital.example>;tag=old"),
                        481,
                        "CSeq",
                        "1 MESSAGE"),
                Arguments.of("CANCEL of nothing", request("r14").method("CANCEL"), 481, "CSeq", "1 CANCEL"),
                Arguments.of(
                        "another version",
                        request("r15").startLine("MESSAGE sip:ward3@hospital.example SIP/7.0"),
                        505,
                        "CSeq",
                        "1 MESSAGE"),
                Arguments.of(
                        "two senders",
                        request("r16").line("From: <sip:eve@campus.example>;tag=2"),
                        400,
                        "From",
                        "<sip:bob@campus.example>;tag=fr16"),
                Arguments.of(
                        "two senders, one in compact form",
                        request("r17").line("f: <sip:eve@campus.example>;tag=2"),
                        400,
                        "Call-ID",
                        "r17"),
                Arguments.of(
                        "two addressees", request("r18").line("To: <sip:x@hospital.example>"), 400, "Call-ID", "r18"),
                Arguments.of("two Call-IDs", request("r19").line("i: other"), 400, "Call-ID", "r19"),
                Arguments.of("two CSeqs", request("r20").line("CSeq: 2 MESSAGE"), 400, "Call-ID", "r20"),
                Arguments.of(
                        "CSeq of another method", request("r21").header("CSeq", "1 OPTIONS"), 400, "Call-ID", "r21"),
                Arguments.of(
                        "an unreadable From",
                        request("r22").header("From", "<sip:bob@campus.example"),
                        400,
                        "Call-ID",
                        "r22"),
                Arguments.of(
                        "a header hidden behind a lone line feed",
                        request("r23").header("Subject", "x\nFrom: <sip:eve@campus.example>"),
                        400,
                        "Call-ID",
                        "r23"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("refusals")
    void theRequestIsRefusedAndTheConnectionStays(
            String what, Requests request, int status, String header, String value) throws Exception {
        try (SipWire.Tcp peer = gateway.tcpPeer()) {
            peer.send(request.toString());
            String answer = peer.receive();
            assertThat(SipWire.status(answer)).as(answer).isEqualTo(status);
            assertThat(SipWire.header(answer, header)).contains(value);
            assertThat(SipWire.header(answer, "To").orElseThrow()).contains(";tag=");
            assertThat(gateway.waiting()).isZero();

            peer.send(request("after" + System.nanoTime()).toString());
            assertThat(SipWire.status(peer.receive())).isEqualTo(202);
            gateway.next();
        }
    }

    @Test
    void theSameRefusalIsGivenAgain() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            String request = Requests.message(SipTransport.UDP, peer.localPort(), "again")
                    .header("Content-Type", "image/png")
                    .toString();
            peer.send(request);
            String first = peer.receive();
            peer.send(request);
            assertThat(peer.receive()).isEqualTo(first).startsWith("SIP/2.0 415 ");
        }
    }

    @Test
    void optionsIsAnsweredWithWhatIsSpoken() throws Exception {
        try (SipWire.Udp peer = gateway.udpPeer()) {
            peer.send(Requests.message(SipTransport.UDP, peer.localPort(), "opt")
                    .method("OPTIONS")
                    .header("From", "<sip:ping@192.0.2.1>;tag=1")
                    .header("Max-Forwards", "0")
                    .toString());
            String answer = peer.receive();
            assertThat(answer).startsWith("SIP/2.0 200 OK\r\n");
            assertThat(SipWire.header(answer, "Allow")).contains("MESSAGE, OPTIONS");
            assertThat(SipWire.header(answer, "Accept")).contains("text/plain");
            assertThat(SipWire.header(answer, "Supported")).contains("");
        }
    }

    @Test
    void anAckIsLeftInSilence() throws Exception {
        try (SipWire.Tcp peer = gateway.tcpPeer()) {
            peer.send(request("ack").method("ACK").toString());
            peer.send(request("behindack").toString());
            assertThat(SipWire.header(peer.receive(), "Call-ID")).contains("behindack");
            assertThat(peer.receive(Duration.ofMillis(200))).isEmpty();
            gateway.next();
        }
    }

    @Test
    void aMessageWithoutContentTypeIsPlainText() throws Exception {
        try (SipWire.Tcp peer = gateway.tcpPeer()) {
            peer.send(request("notype").without("Content-Type").toString());
            assertThat(SipWire.status(peer.receive())).isEqualTo(202);
            assertThat(gateway.next().message().body().contentType()).startsWith("text/plain");
        }
    }
}
