package org.isthmus.component.sip.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.SipRoute;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.route.OptionsProbe.Result;
import org.isthmus.mappings.SipUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionsProbeTest {

    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private static SipRoute route(SipTransport transport, int port) {
        return new SipRoute(SipUri.parse("sip:127.0.0.1:" + port + ";transport=" + transport.token()), false);
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void aNextHopThatSpeaksSipIsFound(SipTransport transport) throws Exception {
        try (Endpoints peer = Endpoints.answering()) {
            int port = transport == SipTransport.UDP ? peer.udp() : peer.tcp();
            assertThat(OptionsProbe.send(route(transport, port), ENOUGH))
                    .isInstanceOfSatisfying(Result.Answered.class, answered -> {
                        assertThat(answered.status()).isEqualTo(200);
                        assertThat(answered.allow()).contains("MESSAGE, OPTIONS");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void nothingThereIsToldAtOnce(SipTransport transport) throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, Endpoints.LOCAL)) {
            closed = socket.getLocalPort();
        }
        assertThat(OptionsProbe.send(route(transport, closed), ENOUGH))
                .isEqualTo(new Result.Failed("nothing listens on " + transport.token() + " 127.0.0.1:" + closed));
    }

    @Test
    void silenceIsToldAfterTheTimeout() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(Endpoints.LOCAL, 0))) {
            assertThat(OptionsProbe.send(route(SipTransport.UDP, silent.getLocalPort()), Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.words()).startsWith("no answer from udp 127.0.0.1:"));
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            silent.receive(packet);
            silent.setSoTimeout(1_000);
            silent.receive(packet); // sent again after half a second
            assertThat(new String(packet.getData(), 0, packet.getLength(), java.nio.charset.StandardCharsets.UTF_8))
                    .startsWith("OPTIONS sip:127.0.0.1:");
        }
    }

    @Test
    void somethingElseThereIsTold() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 1, Endpoints.LOCAL)) {
            Thread answering = new Thread(() -> {
                try (var socket = web.accept()) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n"
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    socket.getInputStream().read();
                } catch (java.io.IOException gone) {
                    // the probe has what it wanted
                }
            });
            answering.start();
            assertThat(OptionsProbe.send(route(SipTransport.TCP, web.getLocalPort()), ENOUGH))
                    .isEqualTo(new Result.Failed("the answer is not SIP"));
            answering.join();
        }
    }

    @Test
    void aTransportWeDoNotSpeakIsTold() {
        assertThat(OptionsProbe.send(
                        new SipRoute(SipUri.parse("sip:127.0.0.1;transport=sctp"), false), Duration.ofSeconds(1)))
                .isEqualTo(new Result.Failed("transport sctp is not spoken here"));
    }
}
