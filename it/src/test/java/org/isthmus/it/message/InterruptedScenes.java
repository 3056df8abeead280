package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.isthmus.it.message.Traffic.Moment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each party is killed or restarted and comes back while messages flow both ways: every message is delivered or reported to its
 * sender, and nothing is delivered or reported twice.
 *
 * <p>A process that is killed takes with it what sits in its memory and in its sockets. Who lost it cannot be asked, so each scene
 * says how long around the kill a message may have been written to be missing at the end; all others must be accounted for.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InterruptedScenes {

    /** Nothing may be missing. */
    private static final Duration NEVER_BLIND = Duration.ZERO;

    /** Unread sockets of a killed process. */
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    @RegisterExtension
    final Bed bed = new Bed();

    private final Brand brand;
    private Crossing crossing;
    private Traffic traffic;

    InterruptedScenes(Brand brand) {
        this.brand = brand;
    }

    private void trafficFlowsBothWays(Transport contact) {
        crossing = Crossing.open(bed, brand);
        traffic = new Traffic(bed, crossing, contact);
    }

    @AfterEach
    void silence() {
        System.out.println(brand + " " + traffic.summary());
        traffic.close();
        crossing.gateway().close();
        crossing.hospital().close();
        crossing.campus().close();
    }

    @Test
    void theGatewayIsKilled() {
        trafficFlowsBothWays(Transport.UDP);
        Moment moment = traffic.now();
        crossing.gateway().kill();
        crossing.gateway().start();
        traffic.settle(moment, LAST_MOMENT);
    }

    @Test
    void theGatewayIsRestarted() {
        trafficFlowsBothWays(Transport.UDP);
        Moment moment = traffic.now();
        assertThat(crossing.gateway().terminate()).as("exit code of SIGTERM").isIn(0, 143);
        crossing.gateway().start();
        traffic.settle(moment, NEVER_BLIND);
    }

    @Test
    void theXmppServerIsKilled() {
        trafficFlowsBothWays(Transport.UDP);
        Moment moment = traffic.now();
        crossing.hospital().kill();
        crossing.hospital().start();
        traffic.logIn();
        traffic.settle(moment, LAST_MOMENT);
    }

    @Test
    void theSipProxyIsKilled() {
        trafficFlowsBothWays(Transport.UDP);
        Moment moment = traffic.now();
        crossing.campus().kill();
        crossing.campus().start();
        traffic.registerStudents();
        traffic.settle(moment, NEVER_BLIND);
    }

    @Test
    void theSipUserIsKilled() {
        trafficFlowsBothWays(Transport.TCP);
        Moment moment = traffic.now();
        traffic.killStudents();
        traffic.settle(moment, NEVER_BLIND);
    }
}
