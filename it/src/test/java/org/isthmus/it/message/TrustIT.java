package org.isthmus.it.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.ChildProcess;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.gateway.Crossing;
import org.isthmus.it.bed.gateway.GatewayFiles;
import org.isthmus.it.bed.gateway.GatewayProcess;
import org.isthmus.it.bed.sip.Sipp;
import org.isthmus.it.bed.sip.Sipp.Answer;
import org.isthmus.it.bed.sip.Sipp.Outgoing;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppServer;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in: partners and nobody else, a server that knows our secret and no other. */
class TrustIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    static final Bed bed = new Bed();

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aRequestFromAnUnlistedSourceIsRefusedAndReachesNobody(Transport transport) {
        Crossing crossing = Crossing.open(bed, Brand.PROSODY);
        XmppClient romeo = XmppClient.login(bed, crossing.hospital(), "romeo");

        Sipp stranger = Sipp.sendFrom(
                bed,
                "127.0.0.2",
                crossing.gatewayPort(),
                transport,
                10,
                Sipp.numbered("alice@campus.test", Crossing.onSip("romeo"), "stranger", 20));
        List<Answer> answers = stranger.answers(PATIENCE);
        assertThat(answers).allMatch(answer -> answer.status() == 403);
        if (transport == Transport.UDP) {
            assertThat(answers).hasSize(20);
        }

        Sipp friend = Sipp.send(
                bed,
                crossing.gatewayPort(),
                transport,
                10,
                Sipp.numbered("alice@campus.test", Crossing.onSip("romeo"), "friend", 1));
        assertThat(friend.answers(PATIENCE)).containsExactly(new Answer("friend-0", 202));
        romeo.awaitBody("friend-0");
        assertThat(romeo.drain()).isEmpty();
        assertThat(crossing.gateway().log().lines().filter(line -> line.contains("127.0.0.2")))
                .as("repeated refusals are summed")
                .hasSizeBetween(1, 3);
    }

    @Test
    void aPartnerMaySpeakForItsOwnDomainsOnly() {
        Crossing crossing = Crossing.open(bed, Brand.PROSODY);
        XmppClient romeo = XmppClient.login(bed, crossing.hospital(), "romeo");

        Sipp liar = Sipp.send(
                bed,
                crossing.gatewayPort(),
                Transport.UDP,
                10,
                List.of(
                        new Outgoing("juliet@hospital.test", Crossing.onSip("romeo"), "as an XMPP user"),
                        new Outgoing("eve@elsewhere.test", Crossing.onSip("romeo"), "as a third party")));

        assertThat(liar.answers(PATIENCE))
                .containsExactlyInAnyOrder(new Answer("as an XMPP user", 403), new Answer("as a third party", 403));
        assertThat(romeo.drain()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void aWrongSecretIsSaidInWordsThatNameTheServersSetting(Brand brand) {
        XmppServer hospital = brand.start(bed, Crossing.plan());
        GatewayFiles files = new GatewayFiles(bed.folder("isthmus"))
                .link(hospital, Crossing.CAMPUS_ON_XMPP, "not the secret")
                .listen(Transport.TCP, Ports.free())
                .partner("campus", List.of(Crossing.CAMPUS), "127.0.0.1/32", "sip:127.0.0.1:9;transport=tcp")
                .mapping("campus", "campus", Crossing.CAMPUS, Crossing.CAMPUS_ON_XMPP, Crossing.HOSPITAL);
        String setting = brand == Brand.PROSODY ? "component_secret" : "password";

        GatewayProcess gateway = GatewayProcess.startUnready(bed, files);
        gateway.awaitLog(setting);
        assertThat(gateway.log())
                .doesNotContain("ready in")
                .doesNotContain("not the secret")
                .doesNotContain("\tat ");
        gateway.kill();

        ChildProcess check = gateway.checkConfig("--connect");
        assertThat(check.awaitExit(PATIENCE)).isEqualTo(69);
        assertThat(check.output())
                .contains(setting)
                .contains(Crossing.CAMPUS_ON_XMPP)
                .doesNotContain("not the secret");
    }
}
