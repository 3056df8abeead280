package org.isthmus.bytestream.ibb;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.isthmus.bytestream.VectorFile.withoutText;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.isthmus.bytestream.RecordedReply;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.isthmus.bytestream.StreamKey;
import org.isthmus.bytestream.VectorFile;
import org.isthmus.bytestream.VectorFile.Vector;
import org.isthmus.bytestream.ibb.IbbTransfer.Direction;
import org.isthmus.bytestream.iq.IqErrorXml;
import org.isthmus.bytestream.iq.MalformedRequestException;
import org.isthmus.mappings.Jids;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IbbVectorsTest {

    private static final VectorFile VECTORS = VectorFile.load("ibb.json");

    private static final Map<String, Consumer<Vector>> CHECKS = Map.ofEntries(
            entry("ex-open", IbbVectorsTest::open),
            entry("ex-open-ok", IbbVectorsTest::openAccepted),
            entry("ex-open-unsupported", IbbVectorsTest::openRefused),
            entry("ex-open-smaller", IbbVectorsTest::openSmaller),
            entry("ex-open-refused", IbbVectorsTest::openRefused),
            entry("ex-data-iq", IbbVectorsTest::dataInIq),
            entry("ex-data-ack", IbbVectorsTest::dataAcknowledged),
            entry("ex-close", IbbVectorsTest::close),
            entry("ex-close-ok", IbbVectorsTest::closeAnswered),
            entry("ex-close-unknown", IbbVectorsTest::closeAnswered),
            entry("ex-data-message", IbbVectorsTest::dataInMessage),
            entry("data-decoded-len", IbbVectorsTest::decoded),
            entry("open-default-stanza", IbbVectorsTest::openDefaults),
            entry("open-max", IbbVectorsTest::openLargest),
            entry("open-too-big", IbbVectorsTest::openMalformed),
            entry("open-zero", IbbVectorsTest::openMalformed),
            entry("open-nan", IbbVectorsTest::openMalformed),
            entry("open-no-bs", IbbVectorsTest::openMalformed),
            entry("open-no-sid", IbbVectorsTest::openMalformed),
            entry("open-bad-stanza", IbbVectorsTest::openMalformed),
            entry("open-message", IbbVectorsTest::openDefaults),
            entry("open-dup-sid", IbbVectorsTest::openTwice),
            entry("seq-wrap", IbbVectorsTest::sequence),
            entry("seq-wrap-wrong", IbbVectorsTest::sequence),
            entry("seq-gap", IbbVectorsTest::sequence),
            entry("seq-dup", IbbVectorsTest::sequence),
            entry("seq-missing", IbbVectorsTest::badBlock),
            entry("data-unknown-sid", IbbVectorsTest::dataUnknown),
            entry("data-wrong-jid", IbbVectorsTest::dataOfSomebodyElse),
            entry("b64-pad-1", IbbVectorsTest::base64),
            entry("b64-pad-2", IbbVectorsTest::base64),
            entry("b64-pad-mid", IbbVectorsTest::base64),
            entry("b64-alphabet", IbbVectorsTest::base64),
            entry("b64-urlsafe", IbbVectorsTest::base64),
            entry("b64-nopad", IbbVectorsTest::base64),
            entry("b64-crlf", IbbVectorsTest::base64),
            entry("b64-two-pads-wrong", IbbVectorsTest::base64),
            entry("size-exact", IbbVectorsTest::size),
            entry("size-over", IbbVectorsTest::size),
            entry("size-legacy-sender", IbbVectorsTest::sizeSent),
            entry("size-formula", IbbVectorsTest::sizeFormula),
            entry("err-offline", IbbVectorsTest::bounced),
            entry("err-link", IbbVectorsTest::bounced),
            entry("err-notfound", IbbVectorsTest::notFound),
            entry("close-pending", IbbVectorsTest::closePending),
            entry("close-premature", IbbVectorsTest::closePremature),
            entry("overrun", IbbVectorsTest::overrun),
            entry("bidirectional", IbbVectorsTest::bidirectional),
            entry("jingle-open-mismatch", IbbVectorsTest::openLargerThanAgreed),
            entry("ex-jingle-open", IbbVectorsTest::openOfJingle));

    private static final Map<String, String> ELSEWHERE = Map.of(
            "ex-jingle-initiate", "a Jingle session-initiate (XEP-0261): Jingle is later work",
            "ex-jingle-accept", "a Jingle session-accept (XEP-0261): Jingle is later work");

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

    private static IbbElement read(Element payload) {
        assertThat(IbbXml.isIbb(payload)).isTrue();
        try {
            return IbbXml.read(payload);
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static IbbStreams expecting(IbbBench bench, Element stanza, String sid) {
        StreamKey key =
                new StreamKey(Jids.parse(stanza.attributeValue("to")), Jids.parse(stanza.attributeValue("from")), sid);
        bench.streams.expect(
                key,
                new IbbTransfer(Direction.RECEIVE, OptionalLong.empty(), bench.ends::add),
                bench.owner,
                Duration.ofSeconds(30),
                bench.outcomes::add);
        bench.owner.run();
        return bench.streams;
    }

    private static RecordedReply deliver(IbbBench bench, Element stanza) {
        RecordedReply reply = new RecordedReply();
        bench.streams.onIq(
                Jids.parse(stanza.attributeValue("from")),
                Jids.parse(stanza.attributeValue("to")),
                stanza.elements().get(0),
                reply);
        bench.owner.run();
        return reply;
    }

    private static void open(Vector vector) {
        IbbElement.Open open = (IbbElement.Open) read(vector.payload());
        JsonNode expect = vector.expect();
        assertThat(open.sid()).isEqualTo(expect.get("sid").asText());
        assertThat(open.blockSize()).isEqualTo(expect.get("block_size").asInt());
        assertThat(open.carrier().name())
                .isEqualToIgnoringCase(expect.get("stanza").asText());
        IbbBench bench = new IbbBench();
        expecting(bench, vector.xml(), open.sid());
        assertThat(deliver(bench, vector.xml()).isResult()).isTrue();
        assertThat(bench.session().key().peer()).hasToString(expect.get("from").asText());
        assertThat(bench.session().key().local()).hasToString(expect.get("to").asText());
    }

    private static void openDefaults(Vector vector) {
        IbbElement.Open open = (IbbElement.Open) read(vector.payload());
        assertThat(open.carrier().name())
                .isEqualToIgnoringCase(vector.expect().get("stanza").asText());
        IbbBench bench = new IbbBench();
        expecting(bench, vector.xml(), open.sid());
        assertThat(deliver(bench, vector.xml()).isResult())
                .isEqualTo(vector.expect().get("accept").asBoolean());
    }

    private static void openAccepted(Vector vector) {
        assertThat(vector.xml().attributeValue("type")).isEqualTo("result");
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        assertThat(bench.session().key()).isEqualTo(IbbBench.KEY);
        assertThat(bench.writer.wanted()).isEqualTo(1);
    }

    private static void openRefused(Vector vector) {
        IbbBench bench = new IbbBench();
        startOpening(bench);
        bench.iqs.next("open").error(IqErrorXml.read(vector.payload()));
        bench.owner.run();
        assertThat(bench.notOpened()).isEqualTo(Reason.REFUSED);
        assertThat(vector.expect().get("effect").asText()).contains("no stream");
        bench.assertNothingLeft();
    }

    private static void startOpening(IbbBench bench) {
        bench.streams.open(IbbBench.KEY, IbbTransfer.send(5, bench.ends::add), bench.owner, bench.outcomes::add);
        bench.owner.run();
    }

    private static void openSmaller(Vector vector) {
        IbbBench bench = new IbbBench();
        startOpening(bench);
        for (int size = 4096; size >= 512; size /= 2) {
            var sent = bench.iqs.next("open");
            assertThat(sent.payload().attributeValue("block-size")).isEqualTo(Integer.toString(size));
            assertThat(sent.payload().attributeValue("sid")).isEqualTo("s1");
            sent.error(IqErrorXml.read(vector.payload()));
            bench.owner.run();
        }
        assertThat(bench.notOpened()).isEqualTo(Reason.REFUSED);
        assertThat(vector.expect().get("effect").asText()).contains("halves").contains("floor");
    }

    private static void openLargest(Vector vector) {
        IbbElement.Open open = (IbbElement.Open) read(vector.payload());
        assertThat(open.blockSize()).isEqualTo(65_535);
        IbbBench bench = new IbbBench();
        expecting(bench, vector.xml(), "s1");
        assertThat(deliver(bench, vector.xml()).error()).isEqualTo(IbbErrors.SMALLER_BLOCKS);
        assertThat(IbbErrors.SMALLER_BLOCKS.condition().wire())
                .isEqualTo(vector.expect().get("accept_or").asText());
        assertThat(bench.outcomes).as("still waiting for a smaller one").isEmpty();
        assertThat(bench.in(IbbBench.open(4096)).isResult()).isTrue();
    }

    private static void openMalformed(Vector vector) {
        assertThatThrownBy(() -> IbbXml.read(vector.payload()))
                .isInstanceOfSatisfying(
                        MalformedRequestException.class,
                        malformed -> assertThat(withoutText(malformed.answer())).isEqualTo(vector.error()));
        assertThat(deliver(new IbbBench(), vector.xml()).error()).isEqualTo(vector.error());
    }

    private static void openTwice(Vector vector) {
        IbbBench bench = new IbbBench().receiving(4096);
        assertThat(bench.in(IbbBench.open(4096)).error())
                .isEqualTo(VectorFile.errorOf(vector.expect().get("second").get("error")));
        assertThat(bench.in(IbbBench.data(0, 3)).isResult())
                .as("the first goes on")
                .isTrue();
    }

    private static void dataInIq(Vector vector) {
        IbbElement.Data data = (IbbElement.Data) read(vector.payload());
        assertThat(data.seq())
                .isEqualTo(OptionalInt.of(vector.expect().get("seq").asInt()));
        assertThat(data.sid()).isEqualTo(vector.expect().get("sid").asText());
        IbbBench bench = new IbbBench();
        expecting(bench, vector.xml(), data.sid());
        RecordedReply opened = new RecordedReply();
        bench.streams.onIq(
                Jids.parse("romeo@montague.net/orchard"),
                Jids.parse("juliet@capulet.com/balcony"),
                IbbXml.open(data.sid(), 4096),
                opened);
        bench.owner.run();
        bench.session().source().subscribe(bench.reader);
        bench.owner.run();
        assertThat(deliver(bench, vector.xml()).isResult()).isTrue();
        assertThat(bench.reader.octets()).hasSize(240);
    }

    private static void dataAcknowledged(Vector vector) {
        assertThat(vector.xml().attributeValue("type")).isEqualTo("result");
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.owner.run();
        bench.iqs.next("data").result();
        bench.owner.run();
        bench.writer.complete();
        bench.owner.run();
        bench.iqs.next("close").result();
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
        assertThat(bench.end().octets()).isEqualTo(5);
    }

    private static void dataInMessage(Vector vector) {
        IbbElement.Data data = (IbbElement.Data) read(vector.payload());
        assertThat(data.seq()).isEqualTo(OptionalInt.of(0));
        assertThat(vector.expect().get("reply").isNull()).isTrue();
        IbbBench bench = new IbbBench().receiving(4096);
        Element own = vector.payload().createCopy();
        own.addAttribute("sid", "s1");
        bench.message(own);
        assertThat(bench.reader.octets()).hasSize(240);
    }

    private static void decoded(Vector vector) throws AssertionError {
        byte[] octets = decode(vector.input().get("base64").asText());
        assertThat(octets).hasSize(vector.expect().get("octets").asInt());
        assertThat(sha1(octets)).isEqualTo(vector.expect().get("sha1").asText());
    }

    private static byte[] decode(String text) {
        try {
            return IbbBase64.decode(text);
        } catch (MalformedRequestException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private static String sha1(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(octets));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void close(Vector vector) {
        assertThat(read(vector.payload()))
                .isEqualTo(new IbbElement.Close(vector.expect().get("sid").asText()));
        IbbBench bench = new IbbBench().receiving(4096);
        RecordedReply reply = bench.in(IbbBench.close());
        assertThat(bench.reader.complete()).isTrue();
        assertThat(reply.answered()).as("until somebody says that it is right").isFalse();
        bench.session().source().confirm();
        bench.owner.run();
        assertThat(reply.isResult()).isTrue();
        assertThat(bench.end().complete()).isTrue();
    }

    private static void closeAnswered(Vector vector) {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(0));
        bench.writer.complete();
        bench.owner.run();
        var sent = bench.iqs.next("close");
        if (vector.xml().attributeValue("type").equals("result")) {
            sent.result();
        } else {
            sent.error(IqErrorXml.read(vector.payload()));
        }
        bench.owner.run();
        assertThat(bench.end().complete()).isTrue();
        bench.assertNothingLeft();
    }

    private static void sequence(Vector vector) {
        IbbBench bench = new IbbBench().receiving(4096);
        int first = vector.input().get("received_seq").get(0).asInt();
        for (int seq = 0; seq < first; seq++) {
            assertThat(bench.in(IbbBench.data(seq, 0)).isResult()).isTrue();
        }
        int processed = 0;
        RecordedReply last = new RecordedReply();
        for (JsonNode seq : vector.input().get("received_seq")) {
            last = bench.in(IbbBench.data(seq.asInt(), 1));
            processed += last.isResult() ? 1 : 0;
        }
        JsonNode expect = vector.expect();
        boolean accepted = expect.has("result") && expect.get("result").asText().equals("accepted");
        assertThat(last.isResult()).isEqualTo(accepted);
        if (!accepted) {
            assertThat(bench.failure()).isEqualTo(Reason.OUT_OF_SEQUENCE);
            assertThat(last.error())
                    .isEqualTo(
                            expect.has("error_for_last")
                                    ? VectorFile.errorOf(expect.get("error_for_last"))
                                    : IbbErrors.OUT_OF_SEQUENCE);
            bench.iqs.next("close");
        }
        if (expect.has("processed_blocks")) {
            assertThat(processed).isEqualTo(expect.get("processed_blocks").asInt());
            assertThat(bench.reader.octets()).hasSize(processed);
        }
    }

    private static void badBlock(Vector vector) {
        IbbBench bench = new IbbBench().receiving(4096);
        assertThat(deliver(bench, vector.xml()).error()).isEqualTo(vector.error());
        assertThat(vector.expect().get("then").asText()).isEqualTo("close");
        bench.iqs.next("close");
        assertThat(bench.failure()).isEqualTo(Reason.MALFORMED);
    }

    private static void dataUnknown(Vector vector) {
        IbbBench bench = new IbbBench().receiving(4096);
        assertThat(deliver(bench, vector.xml()).error()).isEqualTo(vector.error());
        assertThat(bench.ends).isEmpty();
    }

    private static void dataOfSomebodyElse(Vector vector) {
        IbbBench bench = new IbbBench().receiving(4096);
        assertThat(IbbBench.PEER).hasToString(vector.input().get("session_peer").asText());
        assertThat(bench.in(Jids.parse(vector.input().get("from").asText()), IbbBench.data(0, 1))
                        .error())
                .isEqualTo(vector.error());
        assertThat(bench.in(IbbBench.data(0, 1)).isResult()).isTrue();
    }

    private static void base64(Vector vector) {
        String text = vector.input().get("data").asText();
        IbbBench bench = new IbbBench().receiving(4096);
        RecordedReply reply = bench.in(IbbXml.data("s1", 0, text));
        if (vector.expect().get("valid").asBoolean()) {
            assertThat(reply.isResult()).isTrue();
            assertThat(bench.reader.octets())
                    .hasSize(vector.expect().get("octets").asInt());
        } else {
            assertThat(reply.error()).isEqualTo(vector.error());
            assertThat(vector.expect().get("then").asText()).isEqualTo("close");
            bench.iqs.next("close");
            assertThat(bench.failure()).isEqualTo(Reason.MALFORMED);
        }
    }

    private static void size(Vector vector) {
        IbbBench bench =
                new IbbBench().receiving(vector.input().get("block_size").asInt());
        Element data = IbbBench.data(0, vector.input().get("decoded_octets").asInt());
        if (vector.input().has("base64_chars")) {
            assertThat(data.getText())
                    .hasSize(vector.input().get("base64_chars").asInt());
        }
        RecordedReply reply = bench.in(data);
        if (vector.expect().has("error")) {
            assertThat(reply.error()).isEqualTo(vector.error());
            bench.iqs.next("close");
        } else {
            assertThat(reply.isResult()).isTrue();
        }
    }

    private static void sizeSent(Vector vector) {
        IbbBench bench = new IbbBench().sending(OptionalLong.empty());
        assertThat(IbbLimits.defaults().blockSize())
                .isEqualTo(vector.input().get("block_size").asInt());
        bench.writer.give(new byte[10_000]);
        bench.owner.run();
        String text = bench.iqs.next("data").payload().getText();
        assertThat(text).hasSize(vector.expect().get("base64_chars").asInt());
        assertThat(decode(text)).hasSize(vector.expect().get("sender_payload").asInt());
    }

    private static void sizeFormula(Vector vector) {
        JsonNode sizes = vector.input().get("block_size");
        for (int i = 0; i < sizes.size(); i++) {
            assertThat(IbbBase64.encode(new byte[sizes.get(i).asInt()]))
                    .hasSize(vector.expect().get("base64_chars").get(i).asInt());
        }
    }

    private static void bounced(Vector vector) {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.owner.run();
        var first = bench.iqs.next("data");
        first.error(IqErrorXml.read(vector.payload()));
        bench.owner.advance(Duration.ofSeconds(4));
        bench.iqs.assertNothingSent();
        assertThat(bench.ends).as("suspended, not failed").isEmpty();
        bench.owner.advance(Duration.ofSeconds(2));
        var second = bench.iqs.next("data");
        assertThat(second.payload().asXML()).isEqualTo(first.payload().asXML());
        second.error(IqErrorXml.read(vector.payload()));
        bench.owner.run();
        assertThat(bench.end().complete()).as("bounded").isFalse();
    }

    private static void notFound(Vector vector) {
        IbbBench bench = new IbbBench().sending(OptionalLong.of(5));
        bench.writer.give(new byte[5]);
        bench.owner.run();
        bench.iqs.next("data").error(IqErrorXml.read(vector.payload()));
        bench.owner.run();
        assertThat(bench.failure()).isEqualTo(Reason.REFUSED);
        assertThat(bench.writer.cancelled()).isTrue();
        bench.assertNothingLeft();
    }

    private static void closePending(Vector vector) {
        IbbBench bench = new IbbBench().expecting(Direction.BOTH, OptionalLong.empty());
        assertThat(bench.in(IbbBench.open(4096)).isResult()).isTrue();
        bench.writer.give(new byte[5000]);
        bench.owner.run();
        RecordedReply closing = bench.in(IbbBench.close());
        bench.session().source().confirm();
        bench.owner.run();
        bench.iqs.next("data").result();
        bench.owner.run();
        assertThat(closing.answered()).as("not before the rest was sent").isFalse();
        bench.iqs.next("data").result();
        bench.owner.run();
        assertThat(closing.isResult()).isTrue();
        assertThat(bench.end().complete()).isTrue();
        assertThat(bench.writer.cancelled()).isTrue();
        assertThat(vector.expect().get("order").get(0).asText()).contains("remaining data");
        bench.assertNothingLeft();
    }

    private static void closePremature(Vector vector) {
        IbbBench bench = new IbbBench()
                .expecting(
                        Direction.RECEIVE,
                        OptionalLong.of(vector.input().get("size_offered").asLong()));
        bench.in(IbbBench.open(4096));
        bench.in(IbbBench.data(0, vector.input().get("octets_received").asInt()));
        assertThat(bench.in(IbbBench.close()).isResult()).isTrue();
        assertThat(bench.reader.failure()).isEqualTo(Reason.TRUNCATED);
        assertThat(bench.failure()).isEqualTo(Reason.TRUNCATED);
        bench.assertNothingLeft();
    }

    private static void overrun(Vector vector) {
        IbbBench bench = new IbbBench()
                .expecting(
                        Direction.RECEIVE,
                        OptionalLong.of(vector.input().get("size_offered").asLong()));
        bench.in(IbbBench.open(4096));
        bench.in(IbbBench.data(0, vector.input().get("octets_received").asInt()));
        assertThat(bench.reader.failure()).isEqualTo(Reason.OVERRUN);
        assertThat(vector.expect().get("action").asText()).isEqualTo("close");
        bench.iqs.next("close");
    }

    private static void bidirectional(Vector vector) {
        IbbBench bench = new IbbBench().expecting(Direction.BOTH, OptionalLong.empty());
        bench.in(IbbBench.open(4));
        JsonNode in = vector.input().get("a_to_b");
        JsonNode out = vector.input().get("b_to_a");
        for (int i = 0; i < in.size(); i++) {
            assertThat(bench.in(IbbBench.data(in.get(i).asInt(), 3)).isResult()).isTrue();
            bench.writer.give(new byte[3]);
            bench.owner.run();
            var sent = bench.iqs.next("data");
            assertThat(sent.payload().attributeValue("seq"))
                    .isEqualTo(out.get(i).asText());
            sent.result();
            bench.owner.run();
        }
        assertThat(bench.reader.octets()).hasSize(6);
        assertThat(bench.ends).isEmpty();
    }

    private static void openLargerThanAgreed(Vector vector) {
        IbbBench bench = new IbbBench();
        bench.streams.expect(
                IbbBench.KEY,
                IbbTransfer.receive(5, bench.ends::add),
                bench.owner,
                Duration.ofSeconds(30),
                vector.input().get("session_accept_block_size").asInt(),
                bench.outcomes::add);
        bench.owner.run();
        assertThat(bench.in(IbbBench.open(vector.input().get("open_block_size").asInt()))
                        .error())
                .isEqualTo(vector.error());
    }

    private static void openOfJingle(Vector vector) {
        IbbElement.Open open = (IbbElement.Open) read(vector.payload());
        assertThat(open.sid()).isEqualTo(vector.expect().get("sid").asText());
        assertThat(open.blockSize()).isEqualTo(vector.expect().get("block_size").asInt());
    }
}
