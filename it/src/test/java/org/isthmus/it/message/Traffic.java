package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
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

/**
 * Messages that flow both ways through a crossing while something breaks, and the account of them.
 *
 * <pre>
 *   up:   ten teachers (SIPp, through Kamailio)  ->  romeo
 *   down: juliet  ->  ten students (SIPp, registered at Kamailio)
 * </pre>
 *
 * The two directions use different pairs of people, because people who write in turn a hundred times a second are automata to the
 * gateway.
 */
final class Traffic implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int RATE = 100;
    private static final int UP = 1_000;
    private static final List<String> STUDENTS =
            IntStream.range(0, 10).mapToObj(i -> "student" + i).toList();

    /**
     * A moment in the life of the traffic.
     *
     * @param at {@link System#nanoTime}
     * @param accepted bodies of the upward messages that had been accepted
     */
    record Moment(long at, Set<String> accepted) {}

    private final Bed bed;
    private final Crossing crossing;
    private final Transport contact;
    private final List<Sipp> students = new ArrayList<>();
    private final List<XmppClient> clients = new ArrayList<>();
    private final Sipp teachers;
    private final SteadyWriter writer;
    private final Map<String, Integer> upDelivered = new TreeMap<>();
    private final Map<String, Integer> downReported = new TreeMap<>();
    private volatile XmppClient juliet;

    /**
     * @param contact how the proxy reaches the students: by TCP it learns at once that they are gone; by UDP SIPp survives the
     *     death of the proxy, whose broken connection would end it
     */
    Traffic(Bed bed, Crossing crossing, Transport contact) {
        this.bed = bed;
        this.crossing = crossing;
        this.contact = contact;
        students.add(Sipp.receive(bed, contact, Ports.free(), "200 OK"));
        registerStudents();
        logIn();
        teachers = Sipp.send(
                bed,
                crossing.campus().port(),
                Transport.UDP,
                RATE,
                IntStream.range(0, UP)
                        .mapToObj(i ->
                                new Outgoing("teacher" + i % 10 + "@campus.test", Crossing.onSip("romeo"), "up-" + i))
                        .toList());
        writer = new SteadyWriter(
                () -> juliet,
                STUDENTS.stream().map(Crossing::onXmpp).toList(),
                "down",
                Duration.ofMillis(1_000 / RATE));
        await("traffic flows").atMost(PATIENCE).until(() -> {
            collect();
            return upDelivered.size() > RATE && received().size() > RATE;
        });
    }

    /** Now. */
    Moment now() {
        return new Moment(System.nanoTime(), accepted());
    }

    /** Romeo and Juliet log in, after the start or after their server was away. */
    void logIn() {
        clients.add(XmppClient.login(bed, crossing.hospital(), "romeo"));
        XmppClient next = XmppClient.login(bed, crossing.hospital(), "juliet");
        clients.add(next);
        juliet = next;
    }

    /** The students register, after the start or after the proxy lost its memory. */
    void registerStudents() {
        Sipp.register(
                bed, crossing.campus(), Transport.UDP, STUDENTS, students.get(0).port(), contact);
    }

    /** The students' program is killed and started again. */
    void killStudents() {
        students.get(students.size() - 1).kill();
        students.add(Sipp.receive(bed, contact, students.get(0).port(), "200 OK"));
    }

    /**
     * Lets the rest of the traffic flow, then waits until all is accounted for but what may be missing around the moment.
     *
     * @param blind how long before and after the moment a downward message may have been written to be missing at the end
     */
    void settle(Moment moment, Duration blind) {
        teachers.answers(PATIENCE);
        writer.close();
        await("all is accounted for").atMost(PATIENCE).untilAsserted(() -> {
            collect();
            assertThat(missingDown(moment, blind))
                    .as(
                            "down: neither delivered nor reported (%d written)",
                            writer.written().size())
                    .isEmpty();
            assertThat(lostUp(moment, blind))
                    .as("up: accepted and not delivered")
                    .isEmpty();
        });
        assertItFlowsAgain();
        collect();
        assertThat(twice(upDelivered)).as("up: delivered more than once").isEmpty();
        assertThat(twice(downReported)).as("down: reported more than once").isEmpty();
        assertThat(twice(count(received().stream().map(Incoming::body).toList())))
                .as("down: delivered more than once")
                .isEmpty();
        assertThat(teachers.answersSoFar())
                .as("up: one final response each")
                .hasSize(UP)
                .extracting(Answer::body)
                .doesNotHaveDuplicates();
        assertThat(downReported.size())
                .as("down: some were delivered")
                .isLessThan(writer.written().size());
    }

    /** How many downward messages were reported as failed. */
    int reportedDown() {
        return downReported.size();
    }

    /** For reports: what became of everything. */
    String summary() {
        return "up: %d answers, %d accepted, %d delivered; down: %d written, %d delivered, %d reported"
                .formatted(
                        teachers.answersSoFar().size(),
                        accepted().size(),
                        upDelivered.size(),
                        writer.written().size(),
                        received().size(),
                        downReported.size());
    }

    @Override
    public void close() {
        writer.close();
        teachers.close();
        students.forEach(Sipp::close);
        clients.forEach(XmppClient::close);
    }

    /**
     * A last message each way, behind all others: the way is open again and everything before it has passed. The first may
     * have to be sent again, while the gateway waits before it connects anew.
     */
    private void assertItFlowsAgain() {
        AtomicInteger tries = new AtomicInteger();
        await("a message from SIP is accepted again")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    String body = "last up " + tries.incrementAndGet();
                    Sipp last = Sipp.send(
                            bed,
                            crossing.campus().port(),
                            Transport.UDP,
                            10,
                            List.of(new Outgoing("teacher0@campus.test", Crossing.onSip("romeo"), body)));
                    return last.answers(PATIENCE).equals(List.of(new Answer(body, 202)));
                });
        for (String student : STUDENTS) {
            juliet.send(Crossing.onXmpp(student), "last to " + student);
        }
        await("the last message each way").atMost(PATIENCE).untilAsserted(() -> {
            collect();
            assertThat(upDelivered).containsKey("last up " + tries.get());
            assertThat(received())
                    .extracting(Incoming::body)
                    .containsAll(STUDENTS.stream().map(s -> "last to " + s).toList());
        });
    }

    private Set<String> missingDown(Moment moment, Duration blind) {
        Set<String> delivered = received().stream().map(Incoming::body).collect(Collectors.toSet());
        return writer.written().stream()
                .filter(written -> Math.abs(written.at() - moment.at()) > blind.toNanos())
                .filter(written -> !delivered.contains(written.body()) && !downReported.containsKey(written.body()))
                .map(written -> "%s (written %+d ms from the moment)"
                        .formatted(
                                written.body(),
                                Duration.ofNanos(written.at() - moment.at()).toMillis()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Accepted by 202 and never seen, unless accepted within the blind time before the moment. */
    private Set<String> lostUp(Moment moment, Duration blind) {
        Set<String> lost = accepted();
        lost.removeAll(upDelivered.keySet());
        long spared = blind.toMillis() * RATE / 1_000;
        if (spared > 0) {
            List<String> inOrder = teachers.answersSoFar().stream()
                    .filter(answer -> answer.status() < 300)
                    .map(Answer::body)
                    .toList();
            int at = moment.accepted().size();
            inOrder.subList((int) Math.max(0, at - spared), (int) Math.min(inOrder.size(), at + spared))
                    .forEach(lost::remove);
        }
        return lost;
    }

    private Set<String> accepted() {
        return teachers.answersSoFar().stream()
                .filter(answer -> answer.status() < 300)
                .map(Answer::body)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private List<Incoming> received() {
        return students.stream().flatMap(run -> run.received().stream()).toList();
    }

    /** Takes what has arrived at the XMPP clients; those that lost their connection may still hold something. */
    private void collect() {
        for (XmppClient client : clients) {
            for (Arrival arrival : client.drain()) {
                String reported = writer.bodyOf(arrival);
                if (arrival.error().isPresent()) {
                    if (reported != null) {
                        downReported.merge(reported, 1, Integer::sum);
                    }
                } else {
                    upDelivered.merge(arrival.body(), 1, Integer::sum);
                }
            }
        }
    }

    private static Map<String, Integer> count(List<String> bodies) {
        Map<String, Integer> counts = new TreeMap<>();
        bodies.forEach(body -> counts.merge(body, 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> twice(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
