package org.isthmus.msrp.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who writes next: control first, three priorities, equal shares of octets. */
class OutboxTest {

    private final PendingTransactions pending = new PendingTransactions(1);
    private final List<Long> wakeUps = new ArrayList<>();
    private final ChunkSink sink = new ChunkSink() {
        @Override
        public String newTransactionId() {
            return "tttt";
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void expectResponse(String transactionId, ResponseHandler handler) {
            pending.add(transactionId + pending.size(), handler);
        }

        @Override
        public void hearErrors(String transactionId, ResponseHandler handler) {}
    };
    private final Outbox outbox =
            new Outbox(UnpooledByteBufAllocator.DEFAULT, ConnectionSettings.defaults(), pending, sink, wakeUps::add);

    /** A source that writes its name for every octet of a body. */
    private static class Fake implements ChunkSource {
        final String name;
        final Object turn;
        final Priority priority;
        final int chunk;
        long left;
        long readyIn;
        boolean open;
        int interrupted;
        boolean piecewise;

        Fake(String name, Priority priority, int chunk, long octets) {
            this.name = name;
            this.turn = name;
            this.priority = priority;
            this.chunk = chunk;
            this.left = octets;
        }

        @Override
        public Object turn() {
            return turn;
        }

        @Override
        public Priority priority() {
            return priority;
        }

        @Override
        public long readyIn(long nanoTime) {
            return left == 0 ? Long.MAX_VALUE : readyIn;
        }

        @Override
        public int estimate(int maxOctets) {
            return chunk;
        }

        @Override
        public int write(ByteBuf out, int maxOctets, ChunkSink to) {
            int octets = (int) Math.min(left, Math.min(chunk, maxOctets));
            byte[] body = new byte[octets];
            java.util.Arrays.fill(body, (byte) name.charAt(0));
            out.writeBytes(body);
            left -= octets;
            open = piecewise && left > 0;
            return octets;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public long openSince() {
            return 0;
        }

        @Override
        public int interrupt(ByteBuf out, ChunkSink to) {
            out.writeByte('+');
            open = false;
            interrupted++;
            return 0;
        }

        @Override
        public void written(long octets) {}

        @Override
        public boolean isFinished() {
            return left == 0 && !open;
        }
    }

    private String next() {
        Outbox.Batch batch = outbox.next(0);
        if (batch == null) {
            return "";
        }
        String text = batch.octets.toString(java.nio.charset.StandardCharsets.US_ASCII);
        batch.octets.release();
        return text;
    }

    private static long count(String text, char c) {
        return text.chars().filter(x -> x == c).count();
    }

    @Test
    void controlFramesGoFirst() {
        outbox.attach(new Fake("f", Priority.INTERACTIVE, 10, 30));
        outbox.control(out -> out.writeByte('!'));
        outbox.control(out -> out.writeByte('?'));
        assertThat(next()).startsWith("!?f");
        assertThat(next()).isEmpty();
    }

    @Test
    void sessionsGetEqualSharesWhateverTheirChunks() {
        outbox.attach(new Fake("a", Priority.BULK, 2048, 1 << 22));
        outbox.attach(new Fake("b", Priority.BULK, 65536, 1 << 22));
        outbox.attach(new Fake("c", Priority.BULK, 10_000, 1 << 22));
        StringBuilder all = new StringBuilder();
        while (all.length() < 3_000_000) {
            all.append(next());
        }
        for (char c : "abc".toCharArray()) {
            assertThat(count(all.toString(), c)).isBetween(900_000L, 1_100_000L);
        }
    }

    @Test
    void aMoreUrgentMessageGoesBeforeTheNextBatchOfAFile() {
        Fake file = new Fake("f", Priority.BULK, 65536, 1 << 20);
        outbox.attach(file);
        assertThat(next()).matches("f+");
        outbox.attach(new Fake("c", Priority.INTERACTIVE, 100, 100));
        assertThat(next()).matches("c{100}f+");
        assertThat(next()).matches("f+");
    }

    @Test
    void aFloodOfUrgentMessagesDoesNotStopAFileForGood() {
        outbox.attach(new Fake("u", Priority.INTERACTIVE, 65536, 1 << 24));
        outbox.attach(new Fake("n", Priority.NORMAL, 65536, 1 << 24));
        outbox.attach(new Fake("f", Priority.BULK, 65536, 1 << 24));
        StringBuilder all = new StringBuilder();
        while (all.length() < 8 << 20) {
            all.append(next());
        }
        assertThat(count(all.toString(), 'u')).isGreaterThan(6L << 20);
        assertThat(count(all.toString(), 'n')).isGreaterThan(1L << 17);
    }

    @Test
    void anOpenChunkIsInterruptedForOthersAndNotForItself() {
        Fake open = new Fake("f", Priority.BULK, 1000, 1 << 22);
        open.piecewise = true;
        outbox.attach(open);
        assertThat(next()).matches("f+");
        assertThat(outbox.open()).isSameAs(open);
        assertThat(next()).matches("f+");
        assertThat(open.interrupted).isZero();
        outbox.control(out -> out.writeByte('!'));
        assertThat(next()).matches("\\+!f+");
        outbox.attach(new Fake("c", Priority.INTERACTIVE, 10, 10));
        assertThat(next()).matches("\\+c{10}f+");
        assertThat(open.interrupted).isEqualTo(2);
    }

    @Test
    void aSourceThatIsNotReadyIsLookedAtAgainWhenItsTimeComes() {
        Fake slow = new Fake("s", Priority.NORMAL, 10, 10);
        slow.readyIn = 500;
        outbox.attach(slow);
        assertThat(next()).isEmpty();
        assertThat(wakeUps).containsExactly(500L);
        slow.readyIn = 0;
        assertThat(next()).isEmpty();
        outbox.wakeAll();
        assertThat(next()).isEqualTo("ssssssssss");
    }

    @Test
    void aSourceThatHasEndedIsForgotten() {
        Fake done = new Fake("d", Priority.NORMAL, 10, 10);
        outbox.attach(done);
        assertThat(next()).hasSize(10);
        done.left = 5;
        outbox.wake(done);
        assertThat(next()).isEmpty();
    }

    @Test
    void noChunkIsBegunBeyondTheRequestsInFlight() {
        Outbox small = new Outbox(
                UnpooledByteBufAllocator.DEFAULT,
                ConnectionSettings.defaults().withMaxUnanswered(3),
                pending,
                sink,
                wakeUps::add);
        Fake source = new Fake("s", Priority.NORMAL, 10, 100) {
            @Override
            public int write(ByteBuf out, int maxOctets, ChunkSink to) {
                to.expectResponse("x", null);
                return super.write(out, maxOctets, to);
            }
        };
        small.attach(source);
        Outbox.Batch batch = small.next(0);
        assertThat(batch).isNotNull();
        assertThat(batch.requests).isEqualTo(3);
        assertThat(batch.octets.readableBytes()).isEqualTo(30);
        batch.octets.release();
        assertThat(small.next(0)).isNull();
    }
}
