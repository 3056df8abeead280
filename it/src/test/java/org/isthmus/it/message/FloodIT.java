package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.sip.Sipp;
import org.isthmus.it.bed.sip.Sipp.Answer;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One pair floods while another writes as people do: the honest ones notice nothing, the flood is accounted for. */
class FloodIT {

    private static final int FLOOD = 10_000;
    private static final int HONEST = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    final Bed bed = new Bed();

    @Test
    void anHonestPairIsServedWhileAnotherFloods() {
        Crossing crossing = Crossing.open(bed, Brand.PROSODY);
        XmppClient romeo = XmppClient.login(bed, crossing.hospital(), "romeo");
        XmppClient juliet = XmppClient.login(bed, crossing.hospital(), "juliet");

        Sipp flood = Sipp.send(
                bed,
                crossing.campus().port(),
                Transport.TCP,
                10_000,
                Sipp.numbered("mallory@campus.test", Crossing.onSip("romeo"), "flood-", FLOOD));
        Sipp honest = Sipp.send(
                bed,
                crossing.campus().port(),
                Transport.TCP,
                20,
                Sipp.numbered("alice@campus.test", Crossing.onSip("juliet"), "honest-", HONEST));

        assertThat(honest.answers(PATIENCE))
                .hasSize(HONEST)
                .extracting(Answer::status)
                .containsOnly(202);
        List<String> atJuliet = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> collect(juliet, "honest-", atJuliet) == HONEST);
        assertThat(atJuliet).doesNotHaveDuplicates();

        List<Answer> answers = flood.answers(PATIENCE);
        assertThat(answers)
                .hasSize(FLOOD)
                .extracting(Answer::status)
                .containsAnyOf(202)
                .isSubsetOf(202, 480);
        List<String> accepted = answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(Answer::body)
                .toList();
        List<String> atRomeo = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> collect(romeo, "flood-", atRomeo) >= accepted.size());
        assertThat(atRomeo).as("delivered exactly what was accepted").containsExactlyInAnyOrderElementsOf(accepted);
    }

    private static int collect(XmppClient client, String prefix, List<String> into) {
        client.drain().stream()
                .map(XmppClient.Arrival::body)
                .filter(body -> body.startsWith(prefix))
                .forEach(into::add);
        return into.size();
    }
}
