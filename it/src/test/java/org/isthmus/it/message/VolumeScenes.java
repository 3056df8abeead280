package org.isthmus.it.message;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.sip.Sipp;
import org.isthmus.it.bed.sip.Sipp.Answer;
import org.isthmus.it.bed.sip.Sipp.Incoming;
import org.isthmus.it.bed.sip.Sipp.Outgoing;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppClient.Arrival;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand messages each way between 4 XMPP users and 50 SIP users: none lost, none doubled, and in order within a pair. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VolumeScenes {

    private static final int MESSAGES = 10_000;
    private static final int WINDOW = 1_000;
    private static final int XMPP_USERS = 4;
    private static final int SIP_USERS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    final Bed bed = new Bed();

    private final Brand brand;
    private final List<XmppClient> doctors = new ArrayList<>();
    private Crossing crossing;
    private Sipp students;
    private int entered;

    VolumeScenes(Brand brand) {
        this.brand = brand;
    }

    @BeforeAll
    void open() {
        crossing = Crossing.open(bed, brand, Crossing.plan().withUsers("doctor", XMPP_USERS), UnaryOperator.identity());
        students = Sipp.receive(bed, Transport.TCP, Ports.free(), "200 OK");
        Sipp.register(
                bed,
                crossing.campus(),
                Transport.UDP,
                IntStream.range(0, SIP_USERS).mapToObj(i -> "student" + i).toList(),
                students.port(),
                Transport.TCP);
        for (int i = 0; i < XMPP_USERS; i++) {
            doctors.add(XmppClient.login(bed, crossing.hospital(), "doctor" + i));
        }
    }

    @Test
    void tenThousandFromSip() {
        List<Outgoing> messages = IntStream.range(0, MESSAGES)
                .mapToObj(i -> new Outgoing(
                        "student" + i % SIP_USERS + "@campus.test",
                        Crossing.onSip("doctor" + i / SIP_USERS % XMPP_USERS),
                        "up-" + i))
                .toList();
        Tally tally = new Tally(messages.stream().map(Outgoing::body).toList());

        Sipp sender = Sipp.send(bed, crossing.campus().port(), Transport.TCP, 2_000, messages);

        List<Answer> answers = sender.answers(PATIENCE);
        assertThat(answers.stream().collect(groupingBy(Answer::status, counting())))
                .as("final responses")
                .isEqualTo(Map.of(202, (long) MESSAGES));
        List<String> order = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            arrivals("up-").forEach(arrival -> {
                tally.delivered(arrival.body());
                order.add(arrival.from() + " " + arrival.to() + " " + arrival.body());
            });
            return tally.complete();
        });
        tally.assertEachDeliveredOnce();
        assertOrdered(order);
    }

    @Test
    void tenThousandFromXmpp() {
        List<String> bodies =
                IntStream.range(0, MESSAGES).mapToObj(i -> "down-" + i).toList();
        Tally tally = new Tally(bodies);

        for (int i = 0; i < MESSAGES; i++) {
            doctors.get(i / SIP_USERS % XMPP_USERS).send(Crossing.onXmpp("student" + i % SIP_USERS), bodies.get(i));
            if (i % WINDOW == WINDOW - 1) {
                int sent = i + 1;
                await().atMost(PATIENCE).until(() -> account(tally, "down-") > sent - 2 * WINDOW);
            }
        }

        await().atMost(PATIENCE).until(() -> account(tally, "down-") >= MESSAGES);
        tally.assertEachDeliveredOnce();
        assertOrdered(students.received().stream()
                .map(in -> bare(in) + " " + in.uri() + " " + in.body())
                .toList());
    }

    /** What has arrived at the doctors, of these messages; errors about others included. */
    private List<Arrival> arrivals(String prefix) {
        return doctors.stream()
                .flatMap(doctor -> doctor.drain().stream())
                .filter(arrival -> arrival.body().startsWith(prefix))
                .toList();
    }

    /** Enters what the students received since the last time and what was reported; returns how many are accounted for. */
    private int account(Tally tally, String prefix) {
        List<Incoming> received = students.received();
        received.subList(entered, received.size()).forEach(in -> tally.delivered(in.body()));
        entered = received.size();
        arrivals(prefix).forEach(arrival -> tally.reported(arrival.body()));
        return tally.deliveries() + tally.reports();
    }

    private static String bare(Incoming in) {
        return in.from().replaceAll(";.*", "");
    }

    /** Lines "from to prefix-number": numbers grow within each from and to. */
    private static void assertOrdered(List<String> lines) {
        List<String> overtaken = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        for (String line : lines) {
            int split = line.lastIndexOf(' ');
            int number = Integer.parseInt(line.substring(line.lastIndexOf('-') + 1));
            Integer before = last.put(line.substring(0, split), number);
            if (before != null && before > number) {
                overtaken.add(line + " after " + before);
            }
        }
        assertThat(overtaken).as("messages of one pair that were overtaken").isEmpty();
    }
}
