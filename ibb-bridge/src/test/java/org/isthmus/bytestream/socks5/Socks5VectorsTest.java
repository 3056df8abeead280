package org.isthmus.bytestream.socks5;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isthmus.bytestream.VectorFile.withoutText;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.isthmus.bytestream.VectorFile;
import org.isthmus.bytestream.VectorFile.Vector;
import org.isthmus.bytestream.iq.IqErrorXml;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.bytestream.socks5.dial.DialPolicy;
import org.isthmus.bytestream.socks5.dial.IpNetwork;
import org.isthmus.bytestream.socks5.query.BytestreamXml;
import org.isthmus.bytestream.socks5.query.StreamHost;
import org.isthmus.bytestream.socks5.query.StreamHostOffer;
import org.isthmus.bytestream.socks5.wire.DestinationAddress;
import org.isthmus.mappings.Jids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class Socks5VectorsTest {

    private static final VectorFile VECTORS = VectorFile.load("bytestreams.json");

    private static final Map<String, Consumer<Vector>> CHECKS = Map.ofEntries(
            entry("hash-jingle-responder", Socks5VectorsTest::hash),
            entry("hash-domain", Socks5VectorsTest::hash),
            entry("hash-utf8", Socks5VectorsTest::hash),
            entry("hash-a0", Socks5VectorsTest::hash),
            entry("hash-normalise", Socks5VectorsTest::hash),
            entry("hash-openfire-bare", Socks5VectorsTest::hashOfBareJid),
            entry("ex-proxy-identity", Socks5VectorsTest::proxyIdentity),
            entry("ex-addr-request", Socks5VectorsTest::addressRequest),
            entry("ex-addr-reply", Socks5VectorsTest::addressReply),
            entry("ex-addr-forbidden", Socks5VectorsTest::refused),
            entry("ex-addr-notallowed", Socks5VectorsTest::refused),
            entry("ex-initiate", Socks5VectorsTest::offer),
            entry("ex-used", Socks5VectorsTest::used),
            entry("ex-activate", Socks5VectorsTest::activate),
            entry("ex-activated", Socks5VectorsTest::activated),
            entry("ex-muc-initiate", Socks5VectorsTest::offer),
            entry("socks-greeting", Socks5VectorsTest::greeting),
            entry("socks-connect", Socks5VectorsTest::connect),
            entry("socks-reply-short", Socks5VectorsTest::reply),
            entry("socks-reply-fail", Socks5VectorsTest::reply),
            entry("socks-wrong-hash", Socks5VectorsTest::wrongHash),
            entry("no-streamhost", Socks5VectorsTest::malformed),
            entry("port-default", Socks5VectorsTest::defaultPort),
            entry("udp", Socks5VectorsTest::malformed),
            entry("ssrf", Socks5VectorsTest::forbiddenHosts),
            entry("fast-mode", Socks5VectorsTest::unknownChild),
            entry("act-errors", Socks5VectorsTest::activationErrors));

    private static final String JINGLE = "XEP-0260, Jingle SOCKS5 transport: Jingle is later work";

    private static final Map<String, String> ELSEWHERE = Map.of(
            "prio-formula", JINGLE,
            "nominate-1", JINGLE,
            "nominate-2", JINGLE,
            "nominate-3", JINGLE,
            "nominate-4", JINGLE);

    static Stream<Arguments> vectors() {
        return VECTORS.checkedBy(CHECKS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void behavesAsTheVectorSays(String id, Vector vector, Consumer<Vector> check) {
        check.accept(vector);
    }

    @Test
    void noVectorIsForgotten() {
        VECTORS.assertNoneForgotten(CHECKS.keySet(), ELSEWHERE);
    }

    private static String hashOf(JsonNode input) {
        return DestinationAddress.of(
                input.get("sid").asText(),
                Jids.parse(input.get("requester").asText()),
                Jids.parse(input.get("target").asText()));
    }

    private static void hash(Vector vector) {
        String hash = hashOf(vector.input());
        assertThat(hash).isEqualTo(vector.expect().get("dst_addr").asText()).hasSize(DestinationAddress.LENGTH);
        if (vector.expect().has("not")) {
            assertThat(hash).isNotEqualTo(vector.expect().get("not").asText());
        }
    }

    private static void hashOfBareJid(Vector vector) {
        assertThat(hashOf(vector.input()))
                .isEqualTo(vector.expect().get("standard_dst_addr").asText())
                .isNotEqualTo(vector.expect().get("openfire_dst_addr").asText());
    }

    private static void proxyIdentity(Vector vector) {
        assertThat(DiscoXml.isProxy(vector.payload())).isTrue();
        Element other = vector.payload().createCopy();
        other.elements()
                .get(0)
                .addAttribute("category", vector.expect().get("feature").asText());
        assertThat(DiscoXml.isProxy(other)).isFalse();
    }

    private static void addressRequest(Vector vector) {
        Element ours = BytestreamXml.addressRequest();
        assertThat(ours.getQName()).isEqualTo(vector.payload().getQName());
        assertThat(ours.elements()).isEmpty();
        assertThat(ours.attributes()).as(vector.expect().get("action").asText()).isEmpty();
    }

    private static void addressReply(Vector vector) {
        assertThat(BytestreamXml.readHosts(vector.payload())).isEqualTo(hosts(vector.expect()));
    }

    private static List<StreamHost> hosts(JsonNode expect) {
        List<StreamHost> hosts = new ArrayList<>();
        for (JsonNode host : expect.get("streamhosts")) {
            hosts.add(new StreamHost(
                    host.get("jid").asText(),
                    host.get("host").asText(),
                    host.get("port").asInt()));
        }
        return hosts;
    }

    private static void refused(Vector vector) {
        assertThat(withoutText(IqErrorXml.read(vector.payload()))).isEqualTo(vector.error());
        ProxyScene.assertRefusalIsRememberedAndOthersAreUsed(IqErrorXml.read(vector.payload()));
    }

    private static void offer(Vector vector) {
        StreamHostOffer offer = read(vector.payload());
        JsonNode expect = vector.expect();
        if (expect.has("sid")) {
            assertThat(offer.sid()).isEqualTo(expect.get("sid").asText());
            assertThat(offer.hosts()).isEqualTo(hosts(expect));
            assertThat(BytestreamXml.offer(offer).attributeValue("mode"))
                    .isEqualTo(expect.get("mode").asText());
        }
        assertThat(offer.destination())
                .isEqualTo(Optional.ofNullable(expect.get("dstaddr")).map(JsonNode::asText));
        assertThat(read(VectorFile.parse(BytestreamXml.offer(offer).asXML()))).isEqualTo(offer);
    }

    private static StreamHostOffer read(Element query) {
        assertThat(BytestreamXml.isQuery(query)).isTrue();
        try {
            return BytestreamXml.readOffer(query);
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static void used(Vector vector) {
        String jid = vector.expect().get("streamhost_used").asText();
        assertThat(BytestreamXml.readUsed(vector.payload())).contains(jid);
        Element ours = BytestreamXml.used("vxf9n471bn46", new StreamHost(jid, "192.168.4.1", 5086));
        assertThat(BytestreamXml.readUsed(ours)).contains(jid);
        assertThat(ours.attributeValue("sid")).isEqualTo(vector.payload().attributeValue("sid"));
    }

    private static void activate(Vector vector) {
        JsonNode expect = vector.expect();
        Element ours = BytestreamXml.activate(
                expect.get("sid").asText(), expect.get("activate").asText());
        assertThat(ours.asXML().replaceAll("\\s+", ""))
                .isEqualTo(vector.payload().asXML().replaceAll("\\s+", ""));
    }

    private static void activated(Vector vector) {
        assertThat(vector.xml().attributeValue("type")).isEqualTo("result");
        assertThat(vector.expect().get("result").asBoolean()).isTrue();
        ProxyScene.assertActivation(Optional.empty());
    }

    private static void activationErrors(Vector vector) {
        for (JsonNode condition : vector.input().get("conditions")) {
            ProxyScene.assertActivation(Optional.of(condition.asText()));
        }
    }

    private static void greeting(Vector vector) {
        JsonNode expect = vector.expect();
        ProxyScene.assertGreeting(
                expect.get("hex").asText(),
                expect.get("server_reply_hex").asText(),
                expect.get("refused_hex").asText());
    }

    private static void connect(Vector vector) {
        JsonNode expect = vector.expect();
        assertThat(ProxyScene.connectWrite(vector.input().get("dst_addr").asText()))
                .isEqualTo(expect.get("request_hex").asText())
                .hasSize(2 * expect.get("request_octets").asInt());
        assertThat(ProxyScene.outcomeOfReply(expect.get("reply_hex").asText())).isTrue();
    }

    private static void reply(Vector vector) {
        assertThat(ProxyScene.outcomeOfReply(vector.input().get("reply_hex").asText()))
                .isEqualTo(vector.expect().get("accept").asBoolean());
    }

    private static void wrongHash(Vector vector) {
        assertThat(vector.expect().get("own_streamhost").asText()).contains("keep listening");
        ProxyScene.assertOnlyTheExpectedHashIsLetIn(
                vector.input().get("expected").asText(),
                vector.input().get("received").asText());
    }

    private static void malformed(Vector vector) {
        Element query = vector.xml().getName().equals("iq") ? vector.payload() : vector.xml();
        assertThatThrownBy(() -> BytestreamXml.readOffer(query))
                .isInstanceOfSatisfying(
                        MalformedRequestException.class,
                        refused -> assertThat(withoutText(refused.answer())).isEqualTo(vector.error()));
    }

    private static void defaultPort(Vector vector) {
        assertThat(BytestreamXml.readHost(vector.xml()).orElseThrow().port())
                .isEqualTo(vector.expect().get("port").asInt());
    }

    private static void forbiddenHosts(Vector vector) {
        DialPolicy policy = DialPolicy.within(List.of(IpNetwork.parse("10.0.0.0/8"), IpNetwork.parse("fd00::/8")));
        for (JsonNode host : vector.input().get("streamhosts")) {
            try {
                InetAddress address = InetAddress.getByName(host.get("host").asText());
                assertThat(policy.permits(address, host.get("port").asInt())).isFalse();
            } catch (UnknownHostException noLiteral) {
                throw new AssertionError(noLiteral);
            }
        }
        assertThat(vector.expect().get("connect").asText()).contains("policy");
    }

    private static void unknownChild(Vector vector) {
        Element query = vector.xml();
        assertThat(query.elements().stream().map(Element::getName))
                .contains(vector.expect().get("ignore_child").asText());
        assertThat(read(query).hosts()).containsExactly(new StreamHost("r@x.test/a", "192.0.2.1", 5086));
    }
}
