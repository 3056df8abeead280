package org.isthmus.it.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.isthmus.component.conversation.StanzaSink.Outcome;
import org.isthmus.component.xmpp.stanza.PendingIqs.Reply;
import org.isthmus.component.xmpp.stream.AddressLookup;
import org.isthmus.component.xmpp.stream.LinkDown;
import org.isthmus.component.xmpp.stream.LinkProbe;
import org.isthmus.component.xmpp.stream.LinkSettings;
import org.isthmus.component.xmpp.stream.ServerKind;
import org.isthmus.it.bed.Bed;
import org.isthmus.it.bed.Ports;
import org.isthmus.it.bed.xmpp.XmppClient;
import org.isthmus.it.bed.xmpp.XmppServer;
import org.isthmus.it.bed.xmpp.XmppServer.Brand;
import org.isthmus.it.bed.xmpp.XmppServer.Plan;
import org.isthmus.translation.message.MessageStanza;
import org.isthmus.translation.xml.XmlElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Component links on a real server: attached, refused, killed, flooded. Those that stop the server come last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class LinkScenes {

    static final String SECRET = "s3cret";
    static final String DOMAIN = "hospital.test";
    static final String GATEWAY = "sip." + DOMAIN;
    static final String OTHER = "campus.test";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Bed bed = new Bed();

    final Brand brand;
    XmppServer server;
    Component gateway;
    Component other;
    XmppClient romeo;

    LinkScenes(Brand brand) {
        this.brand = brand;
    }

    @BeforeAll
    void open() {
        server = brand.start(
                bed,
                new Plan(
                        DOMAIN,
                        List.of(
                                new XmppServer.Component(GATEWAY, SECRET),
                                new XmppServer.Component(OTHER, "other-secret")),
                        List.of("romeo")));
        gateway = Component.start(bed, server, GATEWAY, SECRET);
        other = Component.start(bed, server, OTHER, "other-secret");
        await().atMost(PATIENCE).until(() -> gateway.up() && other.up());
        romeo = XmppClient.login(bed, server, "romeo");
    }

    /** What a probe of this server says to a wrong secret. */
    abstract String wrongSecret();

    /** What it says to a domain it does not know. */
    abstract String unknownDomain();

    /** Whether the server knows RFC 7622, where a resource may be almost anything. */
    abstract boolean deliversEmojiResources();

    @Test
    @Order(1)
    void messagesGoBothWays() {
        int before = gateway.count(Outcome.CONSUMED);
        gateway.send("joe", romeo.jid(), "hello é中😀 <&>");
        assertThat(romeo.awaitBody("hello é中😀 <&>").from()).isEqualTo("joe@" + GATEWAY);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.count(Outcome.CONSUMED)).isEqualTo(before + 1));
        romeo.send("joe@" + GATEWAY, "and back");
        MessageStanza arrived = gateway.awaitMessage();
        assertThat(arrived.from()).hasToString(romeo.jid());
        assertThat(arrived.bodies().get(0).text()).isEqualTo("and back");
    }

    @Test
    @Order(1)
    void charactersThatXmlCannotCarryDoNotCostTheLink() {
        gateway.send("joe", romeo.jid(), "a\u0000b\u0001c\f\uFFFE\uD800d");
        romeo.awaitBody("a\uFFFDb\uFFFDc\uFFFD\uFFFD\uFFFDd");
        assertThat(gateway.up()).isTrue();
    }

    @Test
    @Order(1)
    void aMessageOverTheLimitIsRefusedBeforeItCostsTheLink() {
        int before = gateway.count(Outcome.TOO_LARGE);
        gateway.send("joe", romeo.jid(), "x".repeat(600_000));
        await().atMost(PATIENCE).until(() -> gateway.count(Outcome.TOO_LARGE) == before + 1);
        gateway.send("joe", romeo.jid(), "still here");
        romeo.awaitBody("still here");
    }

    @Test
    @Order(1)
    void anOddAddressOfAUserIsAnsweredAndTheLinkStays() {
        String emoji = romeo.send("joe@" + GATEWAY + "/😀", "to an emoji");
        if (deliversEmojiResources()) {
            assertThat(gateway.awaitMessage().to().getResource()).isEqualTo("😀");
        } else {
            romeo.awaitRefusal(emoji);
        }
        // A chess king is a letter for servers that prepare as RFC 6122 said, and none for RFC 8265.
        String id = romeo.send("jo\u265Ae@" + GATEWAY, "to a king");
        assertThat(romeo.awaitRefusal(id).condition()).isIn("jid-malformed", "bad-request");
        romeo.send("joe@" + GATEWAY, "after it");
        assertThat(gateway.awaitMessage().bodies().get(0).text()).isEqualTo("after it");
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {GATEWAY, "joe@" + GATEWAY, "joe@" + GATEWAY + "/phone"})
    void questionsAreAnsweredOnEveryKindOfAddress(String address) {
        for (XmlElement answered : List.of(
                XmlElement.empty("urn:xmpp:ping", "ping"),
                XmlElement.empty("jabber:iq:version", "query"),
                XmlElement.empty("http://jabber.org/protocol/disco#info", "query"),
                XmlElement.empty("vcard-temp", "vCard"))) {
            assertThat(other.ask(address, answered))
                    .as("%s at %s", answered, address)
                    .isInstanceOf(Reply.Result.class);
        }
        assertThat(other.ask(address, XmlElement.empty("urn:nobody:knows", "query")))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.error().condition().wire()).isEqualTo("service-unavailable"));
    }

    @Test
    @Order(1)
    void theGatewayIsFoundBelowTheServer() {
        Reply items = other.ask(DOMAIN, XmlElement.empty("http://jabber.org/protocol/disco#items", "query"));
        assertThat(items)
                .isInstanceOfSatisfying(
                        Reply.Result.class,
                        result -> assertThat(result.payload().orElseThrow().elements())
                                .anySatisfy(item ->
                                        assertThat(item.attribute("jid")).contains(GATEWAY)));
    }

    @Test
    @Order(2)
    void thousandsOfMessagesKeepTheirOrderEachWay() {
        int count = 10_000;
        int consumedBefore = gateway.count(Outcome.CONSUMED);
        int lostBefore = gateway.count(Outcome.LOST);
        for (Component[] way : new Component[][] {{gateway, other}, {other, gateway}}) {
            way[1].arrived.clear();
            for (int i = 0; i < count; i++) {
                way[0].send("alice", "joe@" + way[1].domain, "n" + i);
            }
            for (int i = 0; i < count; i++) {
                assertThat(way[1].awaitMessage().bodies().get(0).text()).isEqualTo("n" + i);
            }
        }
        await().atMost(PATIENCE)
                // What earlier scenes sent last may be confirmed only now, so it can be more.
                .untilAsserted(() -> assertThat(gateway.count(Outcome.CONSUMED) - consumedBefore)
                        .isGreaterThanOrEqualTo(count));
        assertThat(gateway.count(Outcome.LOST)).isEqualTo(lostBefore);
    }

    @Test
    @Order(3)
    void aProbeNamesTheSettingOfTheServer() {
        assertThat(probe("nobody.test", SECRET).words()).contains(unknownDomain());
        LinkProbe.Result wrong = probe(OTHER, "wrong");
        assertThat(wrong.attached()).isFalse();
        assertThat(wrong.words()).contains(wrongSecret()).doesNotContain("wrong\"");
        LinkProbe.Result nobody = LinkProbe.connect(
                LinkSettings.of(GATEWAY, "127.0.0.1", Ports.free(), ServerKind.valueOf(brand.name()), () -> SECRET),
                AddressLookup.on(Runnable::run),
                Optional.empty(),
                Duration.ofSeconds(10));
        assertThat(nobody.down()).map(LinkDown::cause).contains(LinkDown.Cause.UNREACHABLE);
    }

    @Test
    @Order(4)
    void aProbeAttachesToAFreeDomain() {
        other.close();
        assertThat(probe(OTHER, "other-secret").attached()).isTrue();
        other = Component.start(bed, server, OTHER, "other-secret");
        await().atMost(PATIENCE).until(other::up);
    }

    LinkProbe.Result probe(String domain, String secret) {
        return LinkProbe.connect(
                Component.settings(server, domain, secret),
                AddressLookup.on(Runnable::run),
                Optional.empty(),
                Duration.ofSeconds(20));
    }

    @Test
    @Order(8)
    void anOrderlyStopOfTheServerIsSurvived() {
        server.stop();
        await().atMost(PATIENCE).until(() -> !gateway.up());
        int down = gateway.count(Outcome.LINK_DOWN);
        gateway.send("joe", "romeo@" + DOMAIN, "while it is away");
        await().atMost(PATIENCE).until(() -> gateway.count(Outcome.LINK_DOWN) == down + 1);
        server.start();
        await().atMost(PATIENCE).until(() -> gateway.up() && other.up());
        gateway.send("joe", "joe@" + OTHER, "back again");
        await().atMost(PATIENCE)
                .until(() -> other.awaitMessage().bodies().get(0).text().equals("back again"));
    }

    @Test
    @Order(9)
    void everyMessageHasOneOutcomeWhenTheServerIsKilledUnderLoad() {
        int before = gateway.settled.get();
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            gateway.send("joe", "joe@" + OTHER, "k" + i);
            if (i == count / 2) {
                server.kill();
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gateway.settled.get() - before).isEqualTo(count));
        server.start();
        await().atMost(PATIENCE).until(() -> gateway.up() && other.up());
        assertThat(gateway.count(Outcome.LOST) + gateway.count(Outcome.LINK_DOWN))
                .isPositive();
        assertThat(gateway.settled.get() - before).isEqualTo(count);
    }
}
