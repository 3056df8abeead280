package org.isthmus.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.vectors.MsrpVectors;
import org.isthmus.msrp.vectors.MsrpVectors.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MsrpEncoderTest {

    private static final List<MsrpUri> TO = List.of(MsrpUri.parse("msrp://b.example.com:8888/b;tcp"));
    private static final List<MsrpUri> FROM = List.of(MsrpUri.parse("msrp://a.example.com:7654/a;tcp"));

    /** Frames of the vectors that a strict sender could have written. */
    static List<Vector> frames() {
        return MsrpVectors.where(v -> v.direction().equals("parse")
                && !v.expect().has("complete")
                && !v.id().equals("MSRP-4975-03")
                && !v.id().equals("MSRP-4975-04"));
    }

    /** What was read and is written again is read alike. */
    @ParameterizedTest
    @MethodSource("frames")
    void writesWhatItRead(Vector vector) {
        Frames read = Frames.decode(vector.raw());
        Frames.Frame frame = read.complete.get(0);
        ByteBuf out = Unpooled.buffer();
        if (read.heads.get(0) instanceof MsrpRequest request) {
            byte[] body = frame.body().getBytes(StandardCharsets.ISO_8859_1);
            Continuation flag = Continuation.of((byte) frame.flag());
            MsrpEncoder.request(out, request, request.body() ? ByteBuffer.wrap(body) : null, flag);
        } else if (read.heads.get(0) instanceof MsrpResponse response) {
            MsrpEncoder.response(out, response);
        }
        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        assertThat(Frames.decode(written).complete).isEqualTo(read.complete);
    }

    @Test
    void aResponseIsWrittenOctetForOctet() {
        Vector printed = MsrpVectors.byId("MSRP-4975-02");
        ByteBuf out = Unpooled.buffer();
        MsrpEncoder.response(
                out,
                "a786hjs2",
                200,
                "OK",
                "msrp://atlanta.example.com:7654/jshA7weztas;tcp",
                "msrp://biloxi.example.com:12763/kjhd37s2s20w2a;tcp");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(new String(printed.raw(), StandardCharsets.UTF_8));
    }

    @Test
    void mimeFieldsFollowTheOthersAndContentTypeIsLast() {
        MsrpHeaders headers = MsrpHeaders.builder()
                .contentType("text/plain")
                .add("Content-Disposition", "attachment")
                .add("X-Other", "1")
                .messageId("abcd")
                .byteRange(ByteRange.whole(2))
                .build();
        ByteBuf out = Unpooled.buffer();
        MsrpRequest head = new MsrpRequest("tttt", MsrpRequest.SEND, TO, FROM, headers, true);
        MsrpEncoder.request(out, head, ByteBuffer.wrap(new byte[] {'h', 'i'}), Continuation.COMPLETE);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("MSRP tttt SEND\r\nTo-Path: msrp://b.example.com:8888/b;tcp\r\n"
                        + "From-Path: msrp://a.example.com:7654/a;tcp\r\nMessage-ID: abcd\r\nByte-Range: 1-2/2\r\n"
                        + "X-Other: 1\r\nContent-Disposition: attachment\r\nContent-Type: text/plain\r\n\r\nhi\r\n"
                        + "-------tttt$\r\n");
    }

    @Test
    void aTemplateWritesTheHeadOfEachChunkAndKnowsItsSize() {
        MsrpHeaders headers = MsrpHeaders.builder()
                .messageId("abcd")
                .contentType("text/plain")
                .add("Content-Disposition", "attachment")
                .build();
        ChunkTemplate template = new ChunkTemplate(TO, FROM, headers);
        ByteBuf out = Unpooled.buffer();
        template.head(out, "tttt", new ByteRange(Long.MAX_VALUE - 10, Long.MAX_VALUE - 1, Long.MAX_VALUE));
        out.writeBytes(new byte[10]);
        MsrpEncoder.endLine(out, "tttt", true, Continuation.MORE);
        assertThat(out.readableBytes() - 10).isEqualTo(template.overhead(4));
        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        Frames frames = Frames.decode(written);
        assertThat(frames.complete).hasSize(1);
        assertThat(frames.complete.get(0).flag()).isEqualTo('+');
        assertThat(frames.heads.get(0).headers().byteRange().orElseThrow().start())
                .isEqualTo(Long.MAX_VALUE - 10);
    }

    @Test
    void lineEndsCannotBeSmuggledIntoAFrame() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MsrpHeaders.builder().contentType("text/plain\r\nStatus: 000 200"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MsrpHeaders.builder().add("X-A\r\nX-B", "1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MsrpHeaders.builder().add("X-A", "1\n"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MsrpHeaders.builder().messageId("abcd\r\n"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MsrpHeaders.builder().add("Message-ID", "abcd"));
    }

    @Test
    void theScanForAnEndLineAgreesWithANaiveOne() {
        Random random = new Random(3);
        String[] scraps = {"-", "a", "b---", "-------a-b-", "-------", "zzzzzzzzzzzzzzzzzzzzzzz", "\r\n"};
        int hits = 0;
        EndLineScan scan = new EndLineScan();
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append(scraps[random.nextInt(scraps.length)]);
            }
            ByteBuf data = Unpooled.copiedBuffer("??" + text, StandardCharsets.US_ASCII);
            int naive = text.indexOf("-------a-b-");
            scan.transaction(round % 2 == 0 ? "zzzz" : "0-");
            scan.transaction("a-b-");
            int found = scan.indexIn(data, 2, data.writerIndex());
            assertThat(found).isEqualTo(naive < 0 ? -1 : naive + 2);
            hits += naive < 0 ? 0 : 1;
        }
        assertThat(hits).isPositive();
    }

    @Test
    void idsAreDistinctAndLegal() {
        MsrpIds ids = new MsrpIds(new Random(1));
        var seen = new java.util.HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(MsrpHeaders.isIdent(ids.transactionId())).isTrue();
            assertThat(MsrpHeaders.isIdent(ids.messageId())).isTrue();
            assertThat(seen.add(ids.transactionId())).isTrue();
        }
        assertThat(ids.sessionId()).hasSize(24);
    }
}
