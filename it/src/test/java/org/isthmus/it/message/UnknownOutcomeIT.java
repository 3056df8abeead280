package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.sip.Sipp;
import org.isthmus.it.bed.sip.Sipp.Answer;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gateway is killed while answers are known to be missing: each sender is told once that the outcome is unknown. */
class UnknownOutcomeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNANSWERED = "isthmus_messages_unanswered";

    @RegisterExtension
    static final Bed bed = new Bed();

    @ParameterizedTest
    @EnumSource(Brand.class)
    void xmppSendersAreToldOnceByTheNextStart(Brand brand) {
        Crossing crossing = Crossing.open(bed, brand, Crossing.plan(), UnaryOperator.identity());
        Sipp silent = Sipp.receiveInSilence(bed, Transport.TCP, Ports.free());
        List<String> students =
                IntStream.range(0, 10).mapToObj(i -> "student" + i).toList();
        Sipp.register(bed, crossing.campus(), Transport.UDP, students, silent.port(), Transport.TCP);
        XmppClient romeo = XmppClient.login(bed, crossing.hospital(), "romeo");

        List<String> ids = students.stream()
                .map(student -> romeo.send(Crossing.onXmpp(student), "to " + student))
                .toList();
        await().atMost(PATIENCE).until(() -> silent.received().size() == 10);
        awaitWrittenDown(crossing, 10);
        crossing.gateway().kill();
        crossing.gateway().start();

        List<XmppClient.Arrival> reports = IntStream.range(0, 10)
                .mapToObj(i -> romeo.await("report", arrival -> arrival.error().isPresent()))
                .toList();
        assertThat(reports).extracting(XmppClient.Arrival::id).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(reports)
                .allSatisfy(report ->
                        assertThat(report.error().orElseThrow().condition()).isEqualTo("remote-server-timeout"));
        // Something behind them: when its report is there, a second report about them would be, too.
        romeo.awaitRefusal(romeo.send(Crossing.onXmpp("nobody"), "the last"));
        assertThat(romeo.drain()).isEmpty();
        assertThat(silent.received()).as("nothing is sent again").hasSize(10);
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void aSipSenderThatRetransmitsGetsAnErrorAndNoSecondDelivery(Brand brand) {
        Crossing crossing = Crossing.open(bed, brand);
        XmppClient romeo = XmppClient.login(bed, crossing.hospital(), "romeo");

        // The server reads nothing for a while, so the stanza is written and its consumption is not confirmed.
        crossing.hospital().pause();
        Sipp alice = Sipp.send(
                bed,
                crossing.gatewayPort(),
                Transport.UDP,
                10,
                Sipp.numbered("alice@campus.test", Crossing.onSip("romeo"), "once", 1));
        awaitWrittenDown(crossing, 1);
        crossing.gateway().kill();
        crossing.hospital().resume();
        crossing.gateway().start();

        assertThat(alice.answers(PATIENCE)).containsExactly(new Answer("once-0", 504));
        Sipp.send(
                bed,
                crossing.gatewayPort(),
                Transport.UDP,
                10,
                Sipp.numbered("bob@campus.test", Crossing.onSip("romeo"), "behind", 1));
        List<String> seen = new ArrayList<>();
        romeo.await(
                "message behind it",
                arrival -> seen.add(arrival.body()) && arrival.body().equals("behind-0"));
        // ejabberd drops what it had not read when the connection is reset, Prosody reads it: the sender is told the
        // same.
        assertThat(seen).isIn(List.of("once-0", "behind-0"), List.of("behind-0"));
    }

    /** The ledger is written behind its messages, within milliseconds: half a second later it is on the disk. */
    private static void awaitWrittenDown(Crossing crossing, double messages) {
        await().atMost(PATIENCE)
                .during(Duration.ofMillis(500))
                .until(() -> crossing.gateway().metric(UNANSWERED).orElse(0.0) == messages);
    }
}
