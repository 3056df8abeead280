package org.isthmus.msrp.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.isthmus.msrp.codec.ChunkTemplate;
import org.isthmus.msrp.codec.MsrpFramer;
import org.isthmus.msrp.codec.MsrpLimits;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpEnd;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpPart;
import org.isthmus.msrp.frame.MsrpPiece;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.transaction.ChunkSink;
import org.isthmus.msrp.transaction.ResponseHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4975 §7.1: data that holds the end-line of its own transaction. */
class ChunkWriterTest {

    private static final ChunkTemplate TEMPLATE = new ChunkTemplate(
            List.of(MsrpUri.parse("msrp://b.example:1/b;tcp")),
            List.of(MsrpUri.parse("msrp://a.example:1/a;tcp")),
            MsrpHeaders.builder().messageId("mmmm").contentType("a/b").build());

    private static final class Bytes implements ChunkWriter.Data {
        private final byte[] all;
        private int at;

        Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        public void peek(ByteBuf out, int octets) {
            out.writeBytes(all, at, octets);
        }

        @Override
        public void consume(int octets) {
            at += octets;
        }
    }

    private static ChunkSink ids(Iterator<String> ids) {
        return new ChunkSink() {
            @Override
            public String newTransactionId() {
                return ids.next();
            }

            @Override
            public long nanoTime() {
                return 0;
            }

            @Override
            public void expectResponse(String transactionId, ResponseHandler handler) {
                throw new AssertionError("not asked");
            }

            @Override
            public void hearErrors(String transactionId, ResponseHandler handler) {
                throw new AssertionError("not asked");
            }
        };
    }

    private record Decoded(List<String> ids, List<Character> flags, byte[] body, List<ByteRange> ranges) {}

    private static Decoded decode(ByteBuf wire) {
        byte[] octets = new byte[wire.readableBytes()];
        wire.readBytes(octets);
        List<String> ids = new ArrayList<>();
        List<Character> flags = new ArrayList<>();
        List<ByteRange> ranges = new ArrayList<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        new MsrpFramer(MsrpLimits.defaults(), (MsrpPart part) -> {
                    if (part instanceof MsrpRequest head) {
                        ids.add(head.transactionId());
                        ranges.add(head.headers().byteRange().orElseThrow());
                        assertThat(head.headers().byteRange().orElseThrow().start())
                                .isEqualTo(body.size() + 1L);
                    } else if (part instanceof MsrpPiece piece) {
                        byte[] data = new byte[piece.data().remaining()];
                        piece.data().get(data);
                        body.writeBytes(data);
                    } else if (part instanceof MsrpEnd end) {
                        flags.add(end.flag().flag());
                    } else {
                        throw new AssertionError(part);
                    }
                })
                .feed(octets);
        return new Decoded(ids, flags, body.toByteArray(), ranges);
    }

    @Test
    void aChunkWhoseDataHoldsItsEndLineGetsAnotherId() {
        byte[] data = "before\r\n-------aaaa$\r\nand -------bbbb+ after".getBytes();
        ChunkWriter writer = new ChunkWriter(TEMPLATE, new Bytes(data), data.length);
        ByteBuf out = Unpooled.buffer();
        ChunkWriter.Chunk chunk = writer.chunk(
                out,
                data.length,
                Continuation.COMPLETE,
                ids(List.of("aaaa", "bbbb", "cccc").iterator()));
        assertThat(chunk.transactionId()).isEqualTo("cccc");
        Decoded decoded = decode(out);
        assertThat(decoded.ids).containsExactly("cccc");
        assertThat(decoded.body).isEqualTo(data);
    }

    @Test
    void smallChunksAnnounceTheirEndAndLargeOnesDoNot() {
        byte[] data = new byte[2048 + 2049];
        ChunkWriter writer = new ChunkWriter(TEMPLATE, new Bytes(data), ByteRange.UNKNOWN);
        ByteBuf out = Unpooled.buffer();
        var ids = ids(List.of("aaaa", "bbbb").iterator());
        writer.chunk(out, 2048, Continuation.MORE, ids);
        writer.chunk(out, 2049, Continuation.COMPLETE, ids);
        assertThat(decode(out).ranges)
                .containsExactly(
                        new ByteRange(1, 2048, ByteRange.UNKNOWN),
                        new ByteRange(2049, ByteRange.UNKNOWN, ByteRange.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anOpenChunkEndsBeforeDataThatHoldsItsEndLine(long seed) {
        Random random = new Random(seed);
        String[] scraps = {"-", "-------", "aaaa", "a", "-------aaaa", "-------bbbb$", "-------cc", "zzzzz", "\r\n"};
        int splits = 0;
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = 1 + random.nextInt(15); i > 0; i--) {
                text.append(scraps[random.nextInt(scraps.length)]);
            }
            byte[] data = text.toString().getBytes();
            ChunkWriter writer = new ChunkWriter(TEMPLATE, new Bytes(data), data.length);
            // Two ids that the data may hold; they come again and again, and chunks go on all the same.
            Iterator<String> names = new Iterator<>() {
                private int n;

                @Override
                public boolean hasNext() {
                    return true;
                }

                @Override
                public String next() {
                    n++;
                    return n % 3 == 0 ? "zzz" + n : n % 2 == 0 ? "aaaa" : "bbbb";
                }
            };
            ByteBuf out = Unpooled.buffer();
            ChunkSink sink = ids(names);
            while (writer.written() < data.length) {
                if (!writer.isOpen()) {
                    writer.open(out, sink);
                }
                int wanted = (int) Math.min(1 + random.nextInt(6), data.length - writer.written());
                int body = writer.piece(out, wanted);
                if (body < wanted) {
                    writer.close(out, Continuation.MORE);
                    splits++;
                }
            }
            writer.close(out, Continuation.COMPLETE);
            Decoded decoded = decode(out);
            assertThat(decoded.body).isEqualTo(data);
            assertThat(decoded.flags.get(decoded.flags.size() - 1)).isEqualTo('$');
        }
        assertThat(splits).isPositive();
    }
}
