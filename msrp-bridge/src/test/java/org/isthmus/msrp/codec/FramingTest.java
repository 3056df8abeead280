package org.isthmus.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.isthmus.msrp.frame.MsrpBadFrame;
import org.isthmus.msrp.frame.MsrpPiece;
import org.isthmus.msrp.vectors.MsrpVectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The framer at every cut of its input, with hostile bodies, with mutated and with random input. */
class FramingTest {

    private static final String PATHS =
            "To-Path: msrp://b.example.com:8888/b;tcp\r\n" + "From-Path: msrp://a.example.com:7654/a;tcp\r\n";

    private static final Pattern END = Pattern.compile("\r\n-------a---[$+#]\r\n");

    private static byte[] everyVector() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (var vector : MsrpVectors.where(
                v -> v.direction().equals("parse") && !v.expect().has("complete"))) {
            all.writeBytes(vector.raw());
        }
        return all.toByteArray();
    }

    private static String send(String id, String body, char flag) {
        return "MSRP " + id + " SEND\r\n" + PATHS + "Message-ID: 12339sdqwer\r\nContent-Type: a/b\r\n\r\n" + body
                + "\r\n-------" + id + flag + "\r\n";
    }

    @Test
    void framesAreTheSameAtEveryCut() {
        byte[] next = Frames.bytes(send("efgh5678", "next", '$'));
        for (var vector : MsrpVectors.where(
                v -> v.direction().equals("parse") && !v.expect().has("complete"))) {
            byte[] input = concat(vector.raw(), next);
            List<Frames.Frame> whole = Frames.decode(input).complete;
            assertThat(whole).hasSize(2);
            for (int i = 1; i < input.length; i++) {
                assertThat(Frames.decode(Frames.cut(input, i)).complete)
                        .as("%s cut at %d", vector.id(), i)
                        .isEqualTo(whole);
            }
        }
        byte[] all = everyVector();
        List<Frames.Frame> whole = Frames.decode(all).complete;
        assertThat(whole).hasSizeGreaterThan(30);
        assertThat(Frames.decode(Frames.octetByOctet(all)).complete).isEqualTo(whole);
    }

    @Test
    void framesAreTheSameAtEveryPairOfCutsThroughAnEndLine() {
        byte[] frame = Frames.bytes(send("abcd1234", "x\r\n-------abcd123\r\n-----\r\n-------abcd1234?\r\n", '+')
                + send("efgh", "\r\n-------efgh\r\r\n-------efgh+\n", '$'));
        List<Frames.Frame> whole = Frames.decode(frame).complete;
        assertThat(whole).hasSize(2);
        assertThat(whole.get(0).body()).isEqualTo("x\r\n-------abcd123\r\n-----\r\n-------abcd1234?\r\n");
        assertThat(whole.get(1).body()).isEqualTo("\r\n-------efgh\r\r\n-------efgh+\n");
        for (int i = 1; i < frame.length; i++) {
            for (int j = i; j < Math.min(frame.length, i + 60); j++) {
                assertThat(Frames.decode(Frames.cut(frame, i, j)).complete).isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void findsTheEndOfHostileBodies(long seed) {
        Random random = new Random(seed);
        String[] scraps = {
            "\r", "\n", "\r\n", "-", "-------", "a", "a---", "$", "+\r", "\r\n-------a---", "-------a---$\r\n"
        };
        for (int round = 0; round < 400; round++) {
            StringBuilder body = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                body.append(scraps[random.nextInt(scraps.length)]);
            }
            String real = END.split(body + "\r\n-------a---$\r\n", 2)[0];
            byte[] frame = Frames.bytes(send("a---", real, '$'));
            byte[][] pieces = randomCuts(random, frame);
            Frames frames = Frames.decode(pieces);
            assertThat(frames.complete).hasSize(1);
            assertThat(frames.complete.get(0).body()).isEqualTo(real);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void mutatedFramesNeverEscapeAsAnExceptionAndCutsDoNotMatter(long seed) {
        Random random = new Random(seed);
        byte[] all = everyVector();
        for (int round = 0; round < 300; round++) {
            int from = random.nextInt(all.length - 600);
            byte[] mutated = Arrays.copyOfRange(all, from, from + 600);
            int firstFrame = new String(mutated, StandardCharsets.ISO_8859_1).indexOf("MSRP ");
            mutated = Arrays.copyOfRange(mutated, Math.max(firstFrame, 0), mutated.length);
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                int at = random.nextInt(mutated.length);
                switch (random.nextInt(3)) {
                    case 0 -> mutated[at] = (byte) random.nextInt(256);
                    case 1 -> mutated[at] = (byte) "\r\n-$+#: /;".charAt(random.nextInt(10));
                    default -> System.arraycopy(mutated, at, mutated, at / 2, Math.min(20, mutated.length - at));
                }
            }
            List<Frames.Frame> whole = Frames.decode(mutated).complete;
            assertThat(Frames.decode(randomCuts(random, mutated)).complete).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void randomOctetsAreRefusedAtOnce(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            if (noise[0] == 'M' || noise[0] == '\r' || noise[0] == '\n') {
                noise[0] = 0x16;
            }
            Frames frames = Frames.decode(noise);
            assertThat(frames.bad).hasSize(1);
            assertThat(frames.bad.get(0).fatal()).isTrue();
            assertThat(frames.bad.get(0).cause().offset()).isZero();
        }
    }

    @Test
    void aHeadWithoutEndIsRefusedAtItsLimit() {
        MsrpLimits limits = MsrpLimits.defaults().withMaxHeadBytes(1000);
        byte[] line = Frames.bytes("MSRP abcd SEND\r\nX: ");
        byte[] endless = new byte[5000];
        Arrays.fill(endless, (byte) 'x');
        for (byte[][] input : List.of(new byte[][] {line, endless}, Frames.octetByOctet(concat(line, endless)))) {
            Frames frames = Frames.decode(limits, input);
            assertThat(frames.bad).hasSize(1);
            assertThat(frames.bad.get(0).fatal()).isTrue();
            assertThat(frames.bad.get(0).cause()).hasMessageContaining("1000 octets");
        }
    }

    /** Vector MSRP-N-HDR-FLOOD: its text is a sketch, so the flood is made here. */
    @Test
    void aFloodOfHeaderFieldsIsRefusedAtItsLimit() {
        StringBuilder flood = new StringBuilder("MSRP d93kswow SEND\r\nTo-Path: x\r\n");
        flood.append("X-A: b\r\n".repeat(100));
        Frames frames = Frames.decode(Frames.bytes(flood.toString()));
        assertThat(frames.bad).hasSize(1);
        assertThat(frames.bad.get(0).fatal()).isTrue();
        assertThat(frames.bad.get(0).cause()).hasMessageContaining("64 header fields");
    }

    @Test
    void aBadHeadIsSkippedWithItsBodyAndTheNextFrameIsRead() {
        String bad = "MSRP abcd1234 SEND\r\n" + PATHS + "Message-ID: 12339sdqwer\r\nByte-Range: 0-5/5\r\n"
                + "Content-Type: a/b\r\n\r\nMSRP fake1 SEND\r\nhello\r\n-------abcd1234$\r\n";
        byte[] input = Frames.bytes(bad + send("efgh5678", "next", '$'));
        for (int i = 1; i < input.length; i++) {
            Frames frames = Frames.decode(Frames.cut(input, i));
            assertThat(frames.bad).hasSize(1);
            assertThat(frames.bad.get(0).head()).isNotNull();
            assertThat(frames.bad.get(0).head().fromPath()).hasSize(1);
            assertThat(frames.complete).hasSize(2);
            assertThat(frames.complete.get(1).body()).isEqualTo("next");
        }
    }

    @Test
    void theFirstOfTwoFaultsIsToldWithItsOffset() {
        String bad =
                "MSRP abcd1234 SEND\r\n" + PATHS + "Byte-Range: x\r\nSuccess-Report: maybe\r\n-------abcd1234$\r\n";
        MsrpBadFrame frame = Frames.decode(Frames.bytes(bad)).bad.get(0);
        assertThat(frame.cause().offset()).isEqualTo(bad.indexOf("x\r\nSuccess"));
        assertThat(frame.cause()).hasMessageContaining("Byte-Range");
    }

    @Test
    void emptyLinesBetweenFramesAreSkipped() {
        Frames frames = Frames.decode(
                Frames.bytes("\r\n\r\n" + send("abcd1234", "one", '$') + "\r\n" + send("efgh5678", "two", '$')));
        assertThat(frames.bad).isEmpty();
        assertThat(frames.complete).extracting(Frames.Frame::body).containsExactly("one", "two");
    }

    @Test
    void aLargeBodyLeavesTheFramerAsItComes() {
        byte[] body = new byte[3_000_000];
        new Random(5).nextBytes(body);
        byte[] head =
                Frames.bytes("MSRP abcd1234 SEND\r\n" + PATHS + "Message-ID: 12339sdqwer\r\nContent-Type: a/b\r\n\r\n");
        long[] passed = {0};
        MsrpFramer framer = new MsrpFramer(MsrpLimits.defaults(), part -> {
            if (part instanceof MsrpPiece piece) {
                passed[0] += piece.data().remaining();
            }
        });
        framer.feed(head);
        for (int at = 0; at < body.length; at += 1000) {
            framer.feed(Arrays.copyOfRange(body, at, at + 1000));
            assertThat(at + 1000 - passed[0]).isBetween(0L, (long) EndLineSearch.LONGEST);
        }
        assertThat(framer.insideFrame()).isTrue();
        framer.feed(Frames.bytes("\r\n-------abcd1234$\r\n"));
        assertThat(passed[0]).isEqualTo(body.length);
        assertThat(framer.insideFrame()).isFalse();
    }

    private static byte[][] randomCuts(Random random, byte[] input) {
        int[] places = random.ints(random.nextInt(8), 0, input.length).sorted().toArray();
        return Frames.cut(input, places);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
