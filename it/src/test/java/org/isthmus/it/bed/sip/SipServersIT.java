package org.isthmus.it.bed.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.sip.Sipp.Answer;
import org.isthmus.it.bed.sip.Sipp.Incoming;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bed's SIP proxy and SIPp work by themselves. */
class SipServersIT {

    @RegisterExtension
    static final Bed bed = new Bed();

    @ParameterizedTest
    @EnumSource(Transport.class)
    void messagesGoThroughTheProxyOnceEach(Transport transport) {
        Kamailio proxy = Kamailio.start(bed, "campus.test", Map.of());
        Sipp alice = Sipp.receive(bed, transport, Ports.free(), "200 OK");
        Sipp.register(bed, proxy, transport, List.of("alice"), alice.port(), transport);

        Sipp bob = Sipp.send(
                bed, proxy.port(), transport, 500, Sipp.numbered("bob@campus.test", "alice@campus.test", "m", 200));

        assertThat(bob.answers(Duration.ofSeconds(20))).hasSize(200).allMatch(answer -> answer.status() == 200);
        assertThat(alice.received())
                .hasSize(200)
                .extracting(Incoming::body)
                .doesNotHaveDuplicates()
                .contains("m-0", "m-199");
        assertThat(alice.received().get(0).from()).isEqualTo("sip:bob@campus.test");
        assertThat(alice.received().get(0).uri()).startsWith("sip:alice@127.0.0.1:" + alice.port());
    }

    @Test
    void anUnregisteredUserIsNotFoundAndAForeignDomainRefused() {
        Kamailio proxy = Kamailio.start(bed, "campus.test", Map.of());
        Sipp bob = Sipp.send(
                bed,
                proxy.port(),
                Transport.UDP,
                10,
                List.of(
                        new Sipp.Outgoing("bob@campus.test", "nobody@campus.test", "to nobody"),
                        new Sipp.Outgoing("bob@campus.test", "eve@elsewhere.test", "to elsewhere")));
        assertThat(bob.answers(Duration.ofSeconds(20)))
                .containsExactlyInAnyOrder(new Answer("to nobody", 404), new Answer("to elsewhere", 403));
    }

    @Test
    void foreignDomainsGoToTheirGatewayAndTheProxyForgetsRegistrationsWhenKilled() {
        Sipp gateway = Sipp.receive(bed, Transport.TCP, Ports.free(), "202 Accepted");
        Kamailio proxy = Kamailio.start(
                bed, "campus.test", Map.of("hospital.test", "sip:127.0.0.1:" + gateway.port() + ";transport=tcp"));
        Sipp alice = Sipp.receive(bed, Transport.UDP, Ports.free(), "480 Temporarily Unavailable");
        Sipp.register(bed, proxy, Transport.UDP, List.of("alice"), alice.port(), Transport.UDP);

        List<Sipp.Outgoing> messages = List.of(
                new Sipp.Outgoing("bob@campus.test", "romeo@hospital.test", "across"),
                new Sipp.Outgoing("bob@campus.test", "alice@campus.test", "beside"));
        assertThat(Sipp.send(bed, proxy.port(), Transport.UDP, 10, messages).answers(Duration.ofSeconds(20)))
                .containsExactlyInAnyOrder(new Answer("across", 202), new Answer("beside", 480));
        await().untilAsserted(() -> assertThat(gateway.received())
                .singleElement()
                .satisfies(in -> assertThat(in.uri()).isEqualTo("sip:romeo@hospital.test")));

        proxy.kill();
        assertThat(Ports.tcpListens(proxy.port())).isFalse();
        proxy.start();
        assertThat(Sipp.send(bed, proxy.port(), Transport.UDP, 10, messages.subList(1, 2))
                        .answers(Duration.ofSeconds(20)))
                .containsExactly(new Answer("beside", 404));
    }
}
