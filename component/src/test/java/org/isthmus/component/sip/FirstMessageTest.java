package org.isthmus.component.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.isthmus.component.conversation.SipSender.Outcome;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.SipBody;
import org.isthmus.translation.message.SipMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FirstMessageTest {

    static String message(String transport, int port, String callId, String body) {
        return """
                MESSAGE sip:ward3@hospital.example SIP/2.0
                Via: SIP/2.0/%s 127.0.0.1:%d;branch=z9hG4bK%s
                Max-Forwards: 70
                From: "Bob Ä" <sip:bob@campus.example>;tag=f1
                To: <sip:ward3@hospital.example>
                Call-ID: %s
                CSeq: 1 MESSAGE
                Subject: lunch
                Content-Type: text/plain
                Content-Length: %d

                %s""".formatted(
                        transport,
                        port,
                        callId.replace("@", "."),
                        callId,
                        body.getBytes(StandardCharsets.UTF_8).length,
                        body)
                .replace("\n", "\r\n");
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void aMessageIsDeliveredAndAnswered(SipTransport transport) throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire peer = transport == SipTransport.UDP ? gateway.udpPeer() : gateway.tcpPeer()) {
            peer.send(message(transport.name(), peer.localPort(), "a1@campus.example", "Grüße"));

            Endpoints.Delivered delivered = gateway.next();
            assertThat(delivered.text()).isEqualTo("Grüße");
            assertThat(delivered.partner()).isEqualTo("campus");
            assertThat(delivered.message().from()).isEqualTo(SipUri.of("bob", "campus.example"));
            assertThat(delivered.message().fromDisplayName()).contains("Bob Ä");
            assertThat(delivered.message().subject()).contains("lunch");
            assertThat(delivered.message().callId()).contains("a1@campus.example");

            String answer = peer.receive();
            assertThat(answer).startsWith("SIP/2.0 202 Accepted\r\n");
            assertThat(SipWire.header(answer, "Via"))
                    .contains("SIP/2.0/" + transport + " 127.0.0.1:" + peer.localPort()
                            + ";branch=z9hG4bKa1.campus.example;received=127.0.0.1");
            assertThat(SipWire.header(answer, "To").orElseThrow()).startsWith("<sip:ward3@hospital.example>;tag=");
            assertThat(SipWire.header(answer, "Contact")).isEmpty();
        }
    }

    @Test
    void aMessageIsSentByTcpAndItsResponseTold() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                ServerSocket proxy = new ServerSocket(0, 5, Endpoints.LOCAL)) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + proxy.getLocalPort() + ";transport=tcp", false);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            gateway.endpoint.sender().send(toBob("hello"), "campus", outcome::complete);
            try (SipWire.Tcp peer = new SipWire.Tcp(proxy.accept())) {
                String request = peer.receive();
                assertThat(request)
                        .startsWith("MESSAGE sip:bob@campus.example SIP/2.0\r\n")
                        .endsWith("\r\n\r\nhello");
                assertThat(SipWire.header(request, "Max-Forwards")).contains("70");
                assertThat(SipWire.header(request, "Contact")).isEmpty();
                peer.send(answer(request, "200 OK"));
                assertThat(outcome.get(10, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                Outcome.Response.class,
                                told -> assertThat(told.status()).isEqualTo(200));
            }
        }
    }

    @Test
    void aMessageIsSentByUdpAndItsResponseTold() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Udp peer = gateway.udpPeer()) {
            gateway.partners.route("campus", "sip:127.0.0.1:" + peer.localPort(), false);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            gateway.endpoint.sender().send(toBob("hello"), "campus", outcome::complete);
            String request = peer.receive(Duration.ofSeconds(10)).orElseThrow();
            peer.send(answer(request, "480 Not there"));
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(Outcome.Response.class, told -> {
                assertThat(told.status()).isEqualTo(480);
                assertThat(told.reason()).isEqualTo("Not there");
            });
        }
    }

    static SipMessage toBob(String text) {
        return SipMessage.builder(
                        SipUri.of("ward3", "hospital.example"), SipUri.of("bob", "campus.example"), SipBody.text(text))
                .build();
    }

    static String answer(String request, String status) {
        StringBuilder out = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String name : new String[] {"Via", "From", "To", "Call-ID", "CSeq"}) {
            out.append(name)
                    .append(": ")
                    .append(SipWire.header(request, name).orElseThrow())
                    .append(name.equals("To") ? ";tag=t1\r\n" : "\r\n");
        }
        return out.append("Content-Length: 0\r\n\r\n").toString();
    }
}
