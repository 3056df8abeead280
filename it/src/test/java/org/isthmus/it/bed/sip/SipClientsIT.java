package org.isthmus.it.bed.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The SIP clients of people register at the proxy and chat, with each other and with SIPp. */
class SipClientsIT {

    @RegisterExtension
    static final Bed bed = new Bed();

    @Test
    void baresipAndLinphoneChat() {
        Kamailio proxy = Kamailio.start(bed, "campus.test", Map.of());
        Baresip barry = Baresip.start(bed, proxy, "barry", "lina@campus.test");
        Linphone lina = Linphone.start(bed, proxy, "lina");

        barry.say("hello é中😀, \"lina\"");
        lina.awaitMessage("barry@campus.test", "hello é中😀, \"lina\"");

        lina.say("barry@campus.test", "hello é中😀 barry");
        barry.awaitMessage("lina@campus.test", "hello é中😀 barry");
    }

    @Test
    void baresipTellsThatItsMessageWasRefused() {
        Kamailio proxy = Kamailio.start(bed, "campus.test", Map.of());
        Baresip barry = Baresip.start(bed, proxy, "barry", "nobody@campus.test");
        barry.say("anybody there?");
        barry.awaitRefusal(404);
    }

    @Test
    void aMessageOfSippReachesBaresipAndTheReplyReachesSipp() {
        Kamailio proxy = Kamailio.start(bed, "campus.test", Map.of());
        Sipp alice = Sipp.receive(bed, Transport.UDP, Ports.free(), "200 OK");
        Sipp.register(bed, proxy, Transport.UDP, List.of("alice"), alice.port(), Transport.UDP);
        Baresip barry = Baresip.start(bed, proxy, "barry", "alice@campus.test");

        Sipp.send(
                bed, proxy.port(), Transport.UDP, 10, Sipp.numbered("alice@campus.test", "barry@campus.test", "m", 1));
        barry.awaitMessage("alice@campus.test", "m-0");

        barry.say("thank you");
        await().untilAsserted(() -> assertThat(alice.received())
                .singleElement()
                .satisfies(in -> assertThat(in.body()).isEqualTo("thank you")));
    }
}
