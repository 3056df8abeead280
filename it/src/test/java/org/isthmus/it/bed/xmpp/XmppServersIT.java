package org.isthmus.it.bed.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.isthmus.it.bed.xmpp.XmppServer.Component;
import org.isthmus.it.bed.xmpp.XmppServer.Plan;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The bed's XMPP servers and clients work by themselves, several beside each other, and survive what scenes do to them. */
class XmppServersIT {

    @RegisterExtension
    static final Bed bed = new Bed();

    private static Plan plan(String domain) {
        return new Plan(
                domain,
                List.of(new Component("sip." + domain, "s3cret"), new Component("campus.test", "other")),
                List.of("romeo", "juliet"));
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void twoClientsChat(Brand brand) {
        XmppServer server = brand.start(bed, plan("verona.test"));
        XmppClient romeo = XmppClient.login(bed, server, "romeo");
        XmppClient juliet = XmppClient.login(bed, server, "juliet");

        romeo.send(server.jid("juliet"), "Art thou not Juliet? é中😀");
        assertThat(juliet.awaitBody("Art thou not Juliet? é中😀").from()).isEqualTo(romeo.jid());

        juliet.send(romeo.jid(), "Neither, if either thee dislike.");
        assertThat(romeo.awaitBody("Neither, if either thee dislike.").from()).isEqualTo(juliet.jid());
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void aMessageToAnAbsentComponentIsRefused(Brand brand) {
        XmppServer server = brand.start(bed, plan("mantua.test"));
        XmppClient romeo = XmppClient.login(bed, server, "romeo");
        String id = romeo.send("nurse@sip.mantua.test", "anybody there?");
        assertThat(romeo.awaitRefusal(id).condition())
                .isIn("service-unavailable", "forbidden", "remote-server-timeout");
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void twoServersStandSideBySideAndComeBackAfterAKill(Brand brand) {
        XmppServer one = brand.start(bed, plan("one.test"));
        XmppServer two = brand.start(bed, plan("two.test").withUsers("extra", 3));
        XmppClient there = XmppClient.login(bed, two, "extra2");

        one.kill();
        assertThat(Ports.tcpListens(one.clientPort())).isFalse();
        one.start();
        XmppClient romeo = XmppClient.login(bed, one, "romeo");
        XmppClient juliet = XmppClient.login(bed, one, "juliet");
        romeo.send(juliet.jid(), "again");
        assertThat(juliet.awaitBody("again").from()).isEqualTo(romeo.jid());
        assertThat(there.connected()).isTrue();

        two.stop();
        assertThat(Ports.tcpListens(two.clientPort())).isFalse();
    }
}
