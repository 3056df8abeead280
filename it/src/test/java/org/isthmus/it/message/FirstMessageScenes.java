package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.sip.Baresip;
import org.isthmus.it.bed.sip.Linphone;
import org.isthmus.it.bed.sip.Sipp;
import org.isthmus.it.bed.sip.Sipp.Answer;
import org.isthmus.it.bed.sip.Sipp.Outgoing;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppClient.Arrival;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first messages each way, and the first failures each way, told to whoever sent them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FirstMessageScenes {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @RegisterExtension
    final Bed bed = new Bed();

    private final Brand brand;
    private Crossing crossing;
    private XmppClient romeo;
    private Sipp alice;

    FirstMessageScenes(Brand brand) {
        this.brand = brand;
    }

    @BeforeAll
    void open() {
        crossing = Crossing.open(bed, brand);
        romeo = XmppClient.login(bed, crossing.hospital(), "romeo");
        alice = Sipp.receive(bed, Transport.UDP, Ports.free(), "200 OK");
        Sipp.register(bed, crossing.campus(), Transport.UDP, List.of("alice"), alice.port(), Transport.UDP);
    }

    @Test
    void anXmppUserWritesToASipUser() {
        romeo.send(Crossing.onXmpp("alice"), "Good morrow é中😀 <b>&amp;");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(alice.received()).anySatisfy(in -> {
                    assertThat(in.body()).isEqualTo("Good morrow é中😀 <b>&amp;");
                    assertThat(in.from()).isEqualTo("sip:romeo@hospital.test");
                }));
    }

    @Test
    void aSipUserWritesToAnXmppUser() {
        Sipp sender =
                send(new Outgoing("alice@campus.test", Crossing.onSip("romeo"), "Is the day so young? é中😀 <b>&"));

        Arrival arrival = romeo.awaitBody("Is the day so young? é中😀 <b>&");
        assertThat(arrival.from()).matches("alice@campus\\.hospital\\.test(/.*)?");
        assertThat(sender.answers(PATIENCE)).extracting(Answer::status).containsExactly(202);
    }

    @Test
    void peopleTalkWithBaresip() {
        Baresip barry = Baresip.start(bed, crossing.campus(), "barry", Crossing.onSip("romeo"));

        romeo.send(Crossing.onXmpp("barry"), "the X-ray is ready");
        barry.awaitMessage("romeo@hospital.test", "the X-ray is ready");

        barry.say("thank you é中😀");
        assertThat(romeo.awaitBody("thank you é中😀").from()).startsWith("barry@campus.hospital.test");
    }

    @Test
    void peopleTalkWithLinphone() {
        Linphone lina = Linphone.start(bed, crossing.campus(), "lina");

        romeo.send(Crossing.onXmpp("lina"), "bed 12 is free");
        lina.awaitMessage("romeo@hospital.test", "bed 12 is free");

        lina.say(Crossing.onSip("romeo"), "sending the patient é中😀");
        assertThat(romeo.awaitBody("sending the patient é中😀").from()).startsWith("lina@campus.hospital.test");
    }

    @Test
    void anXmppUserIsToldThatTheSipUserDoesNotExist() {
        String id = romeo.send(Crossing.onXmpp("nobody"), "anybody there?");

        assertThat(romeo.awaitRefusal(id).condition()).isEqualTo("item-not-found");
    }

    @Test
    void anXmppUserIsToldThatTheSipUserIsBusy() {
        Sipp bob = Sipp.receive(bed, Transport.UDP, Ports.free(), "486 Busy Here");
        Sipp.register(bed, crossing.campus(), Transport.UDP, List.of("bob"), bob.port(), Transport.UDP);

        String id = romeo.send(Crossing.onXmpp("bob"), "a moment, please");

        assertThat(romeo.awaitRefusal(id).condition()).isEqualTo("recipient-unavailable");
        assertThat(bob.received()).hasSize(1);
    }

    @Test
    void aSipUserIsToldThatTheXmppUserDoesNotExist() {
        Sipp sender = send(new Outgoing("alice@campus.test", Crossing.onSip("nobody"), "wherefore art thou"));

        assertThat(sender.answers(PATIENCE))
                .singleElement()
                .satisfies(answer -> assertThat(answer.status()).isBetween(400, 499));
    }

    @Test
    void aSipUserIsToldThatNoConnectionIsConfigured() {
        Sipp stray = Sipp.send(
                bed,
                crossing.gatewayPort(),
                Transport.UDP,
                10,
                List.of(new Outgoing("alice@campus.test", "x@elsewhere.test", "lost")));

        assertThat(stray.answers(PATIENCE)).extracting(Answer::status).containsExactly(404);
    }

    private Sipp send(Outgoing... messages) {
        return Sipp.send(bed, crossing.campus().port(), Transport.UDP, 10, List.of(messages));
    }
}
