package org.isthmus.component.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isthmus.component.sip.Endpoints;
import org.isthmus.component.sip.Requests;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.SipWire;
import org.junit.jupiter.api.Test;

class ThroughputTest {

    private static final int COUNT = 10_000;

    private static String message(SipTransport transport, int port, int number) {
        return Requests.message(transport, port, "n" + number)
                .body(String.valueOf(number))
                .toString();
    }

    @Test
    void tenThousandMessagesOnOneTcpConnectionArriveInOrder() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Tcp peer = gateway.tcpPeer()) {
            Thread writer = new Thread(() -> {
                try {
                    for (int i = 0; i < COUNT; i++) {
                        peer.send(message(SipTransport.TCP, peer.localPort(), i));
                    }
                } catch (java.io.IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            });
            writer.start();
            List<String> answered = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                String answer = peer.receive();
                assertThat(SipWire.status(answer)).isEqualTo(202);
                answered.add(SipWire.header(answer, "Call-ID").orElseThrow());
            }
            writer.join();
            for (int i = 0; i < COUNT; i++) {
                assertThat(gateway.next().text()).isEqualTo(String.valueOf(i));
                assertThat(answered.get(i)).isEqualTo("n" + i);
            }
            assertThat(gateway.waiting()).isZero();
        }
    }

    /** The peer is a client as RFC 3261 §17.1.2 has it: what is not answered it sends again. */
    @Test
    void tenThousandMessagesByUdpArriveOnceEach() throws Exception {
        try (Endpoints gateway = Endpoints.answering();
                SipWire.Udp peer = gateway.udpPeer()) {
            BitSet answered = new BitSet(COUNT);
            int sent = 0;
            int oldest = 0;
            while (answered.cardinality() < COUNT) {
                while (sent < COUNT && sent - oldest < 200) {
                    peer.send(message(SipTransport.UDP, peer.localPort(), sent));
                    if (sent % 10 == 0) {
                        peer.send(message(SipTransport.UDP, peer.localPort(), sent)); // a hasty retransmission
                    }
                    sent++;
                }
                Optional<String> answer = peer.receive(Duration.ofMillis(500));
                if (answer.isPresent()) {
                    assertThat(SipWire.status(answer.get())).isEqualTo(202);
                    answered.set(Integer.parseInt(SipWire.header(answer.get(), "Call-ID")
                            .orElseThrow()
                            .substring(1)));
                } else {
                    for (int i = answered.nextClearBit(0); i < sent; i = answered.nextClearBit(i + 1)) {
                        peer.send(message(SipTransport.UDP, peer.localPort(), i));
                    }
                }
                oldest = answered.nextClearBit(0);
            }
            Set<String> delivered = new HashSet<>();
            for (int i = 0; i < COUNT; i++) {
                assertThat(delivered.add(gateway.next().text())).isTrue();
            }
            assertThat(gateway.next(Duration.ofMillis(500))).isEmpty();
        }
    }
}
