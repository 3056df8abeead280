package org.isthmus.bytestream.socks5;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.dom4j.Element;
import org.isthmus.bytestream.ByteStreamSink;
import org.isthmus.bytestream.ManualOwner;
import org.isthmus.bytestream.Opened;
import org.isthmus.bytestream.ScriptedIqs;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.VectorFile;
import org.isthmus.bytestream.iq.IqAnswer;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.bytestream.iq.IqRequest;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.isthmus.bytestream.socks5.wire.ClientHandshake;
import org.isthmus.bytestream.socks5.wire.DestinationAddress;
import org.isthmus.bytestream.socks5.wire.Socks5Connection;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.error.StanzaCondition;
import org.xmpp.packet.JID;

/** Situations that vectors of XEP-0065 describe, set up and played. */
final class ProxyScene {

    private static final JID US = Jids.parse("joe@sip.test/gw");
    private static final JID PEER = Jids.parse("alice@x.test/desk");

    private ProxyScene() {}

    /** Two proxies, one refuses: the other is found, and nobody is asked again for a while. */
    static void assertRefusalIsRememberedAndOthersAreUsed(IqError refusal) {
        ManualOwner owner = new ManualOwner();
        ScriptedIqs iqs = new ScriptedIqs();
        Instant[] now = {Instant.EPOCH};
        ProxyDirectory directory =
                new ProxyDirectory(iqs, Jids.parse("x.test"), owner, () -> now[0], ProxyLimits.defaults());
        List<List<StreamHost>> found = new ArrayList<>();
        directory.find(US, found::add);
        directory.find(US, found::add);
        owner.run();
        iqs.next("query").result(items("p1.x.test", "p2.x.test", "muc.x.test"));
        owner.run();
        List<ScriptedIqs.Sent> infos = List.of(iqs.next("query"), iqs.next("query"), iqs.next("query"));
        infos.get(0).result(proxy());
        infos.get(1).result(proxy());
        infos.get(2).answer().accept(new IqAnswer.Unanswered("5 s"));
        owner.run();
        iqs.next("query").error(refusal);
        ScriptedIqs.Sent second = iqs.next("query");
        assertThat(second.request().to()).hasToString("p2.x.test");
        assertThat(second.request().kind()).isEqualTo(IqRequest.Kind.GET);
        second.result(VectorFile.parse("<query xmlns='http://jabber.org/protocol/bytestreams'>"
                + "<streamhost jid='p2.x.test/7' host='10.0.0.2' port='7777'/></query>"));
        owner.run();
        assertThat(found).hasSize(2).allMatch(List.of(new StreamHost("p2.x.test/7", "10.0.0.2", 7777))::equals);
        now[0] = now[0].plus(Duration.ofMinutes(59));
        directory.find(US, found::add);
        owner.run();
        assertThat(found).hasSize(3);
        iqs.assertNothingSent();
        now[0] = now[0].plus(Duration.ofMinutes(1));
        directory.find(US, found::add);
        owner.run();
        iqs.next("query").error(refusal);
        owner.run();
        assertThat(found.get(3)).as("a server that refuses has none").isEmpty();
        now[0] = now[0].plus(Duration.ofMinutes(9));
        directory.find(US, found::add);
        owner.run();
        assertThat(found.get(4)).isEmpty();
        iqs.assertNothingSent();
    }

    private static Element items(String... jids) {
        Element query = VectorFile.parse("<query xmlns='http://jabber.org/protocol/disco#items'/>");
        for (String jid : jids) {
            query.addElement("item").addAttribute("jid", jid);
        }
        return query;
    }

    private static Element proxy() {
        return VectorFile.parse("<query xmlns='http://jabber.org/protocol/disco#info'>"
                + "<identity category='proxy' type='bytestreams'/>"
                + "<feature var='http://jabber.org/protocol/bytestreams'/></query>");
    }

    /** The target has chosen the proxy of our server; the proxy activates or answers with that error. */
    static void assertActivation(Optional<String> condition) {
        try (Wires wires = new Wires();
                ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            BlockingQueue<ScriptedIqs.Sent> sent = new LinkedBlockingQueue<>();
            BlockingQueue<Opened<ByteStreamSink>> outcomes = new LinkedBlockingQueue<>();
            StreamHost host = new StreamHost("proxy.x.test/4711", "127.0.0.1", proxy.getLocalPort());
            ProxyDirectory directory = new ProxyDirectory(
                    (request, answer) -> answerDisco(request, host, answer),
                    Jids.parse("x.test"),
                    wires.owner,
                    () -> Instant.EPOCH,
                    ProxyLimits.defaults());
            Socks5Requester requester = new Socks5Requester(
                    (request, answer) -> sent.add(new ScriptedIqs.Sent(request, answer)),
                    Optional.empty(),
                    Optional.of(directory),
                    wires.race(Wires.LOOPBACK),
                    Socks5Limits.defaults());
            requester.open(new StreamKey(US, PEER, "s1"), wires.owner, end -> {}, outcomes::add);
            ScriptedIqs.Sent offer = sent.poll(10, TimeUnit.SECONDS);
            assertThat(offer.request().to()).isEqualTo(PEER);
            offer.result(BytestreamXml.used("s1", host));
            try (Socket ours = proxy.accept()) {
                assertThat(Wires.letIn(ours)).isEqualTo(DestinationAddress.of("s1", US, PEER));
                ScriptedIqs.Sent activation = sent.poll(10, TimeUnit.SECONDS);
                assertThat(activation.request().to()).as("exactly as announced").hasToString("proxy.x.test/4711");
                assertThat(activation.request().from()).isEqualTo(US);
                assertThat(activation.payload().elements().get(0).getText()).isEqualTo(PEER.toString());
                condition.ifPresentOrElse(
                        name -> activation.error(IqError.of(
                                StanzaCondition.valueOf(
                                        name.toUpperCase(Locale.ROOT).replace('-', '_')),
                                StanzaCondition.Type.CANCEL)),
                        activation::result);
                Opened<ByteStreamSink> outcome = outcomes.poll(10, TimeUnit.SECONDS);
                if (condition.isEmpty()) {
                    assertThat(outcome).isInstanceOf(Opened.Stream.class);
                } else {
                    assertThat(((Opened.Failed<ByteStreamSink>) outcome)
                                    .failure()
                                    .reason())
                            .isEqualTo(Reason.REFUSED);
                    assertThat(ours.getInputStream().read()).as("closed").isEqualTo(-1);
                }
            }
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }

    static void answerDisco(IqRequest request, StreamHost host, Consumer<IqAnswer> answer) {
        Element payload = request.payload();
        Element result = switch (payload.getNamespaceURI()) {
            case "http://jabber.org/protocol/disco#items" -> items("proxy.x.test");
            case "http://jabber.org/protocol/disco#info" -> proxy();
            default -> {
                Element query = payload.createCopy();
                query.addElement("streamhost")
                        .addAttribute("jid", host.jid())
                        .addAttribute("host", host.host())
                        .addAttribute("port", Integer.toString(host.port()));
                yield query;
            }
        };
        answer.accept(new IqAnswer.Result(Optional.of(result)));
    }

    private static final class Handshake implements ClientHandshake.Listener {
        private final EmbeddedChannel channel = new EmbeddedChannel(false, false);
        private boolean connected;
        private boolean failed;

        private Handshake(String destination) {
            new ClientHandshake(destination, Duration.ofSeconds(2), this).install(channel);
            try {
                channel.register();
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }

        @Override
        public void connected(Socks5Connection connection) {
            connected = true;
            connection.close();
        }

        @Override
        public void failed(String why) {
            failed = true;
        }

        private String write() {
            ByteBuf out = channel.readOutbound();
            String hex = ByteBufUtil.hexDump(out);
            out.release();
            return hex;
        }

        private void in(String hex) {
            channel.writeInbound(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
        }
    }

    private static final String ANY_HASH = "98b8d688d0f5d895fd41c5e7309a2e9e33ba32ff";

    static void assertGreeting(String hello, String accepted, String refused) {
        Handshake good = new Handshake(ANY_HASH);
        assertThat(good.write()).isEqualTo(hello);
        assertThat(good.channel.<Object>readOutbound())
                .as("waits for the answer")
                .isNull();
        good.in(accepted);
        assertThat(good.write()).startsWith("0501");
        good.channel.finishAndReleaseAll();
        Handshake bad = new Handshake(ANY_HASH);
        bad.write();
        bad.in(refused);
        assertThat(bad.failed).isTrue();
        bad.channel.finishAndReleaseAll();
    }

    static String connectWrite(String destination) {
        Handshake handshake = new Handshake(destination);
        handshake.write();
        handshake.in("0500");
        String request = handshake.write();
        assertThat(handshake.channel.<Object>readOutbound()).as("one write").isNull();
        handshake.channel.finishAndReleaseAll();
        return request;
    }

    static boolean outcomeOfReply(String reply) {
        Handshake handshake = new Handshake(ANY_HASH);
        handshake.write();
        handshake.in("0500");
        handshake.write();
        handshake.in(reply);
        assertThat(handshake.connected).isNotEqualTo(handshake.failed);
        handshake.channel.finishAndReleaseAll();
        return handshake.connected;
    }

    static void assertOnlyTheExpectedHashIsLetIn(String expected, String received) {
        try (Wires wires = new Wires()) {
            BlockingQueue<Socks5Connection> arrived = new LinkedBlockingQueue<>();
            wires.server.register(expected, arrived::add);
            assertThat(wires.server.register(expected, arrived::add))
                    .as("one for a stream")
                    .isEmpty();
            try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), wires.port())) {
                stranger.getOutputStream().write(new byte[] {5, 1, 0});
                assertThat(stranger.getInputStream().readNBytes(2)).containsExactly(5, 0);
                stranger.getOutputStream().write(Wires.connect(received));
                byte[] reply = stranger.getInputStream().readNBytes(47);
                assertThat(reply[1]).isEqualTo((byte) 2);
                assertThat(stranger.getInputStream().read()).isEqualTo(-1);
            }
            try (Socket target = wires.target(expected)) {
                Socks5Connection connection = arrived.poll(10, TimeUnit.SECONDS);
                assertThat(connection).isNotNull();
                connection.close();
                assertThat(target.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(wires.server.waiting()).isZero();
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(broken);
        }
    }
}
