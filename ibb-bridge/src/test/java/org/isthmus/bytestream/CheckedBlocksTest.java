package org.isthmus.bytestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.isthmus.bytestream.StreamFailure.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedBlocksTest {

    private static final String MD5_OF_ABC = "900150983cd24fb0d6963f7d28e17f72";
    private static final String SHA1_OF_ABC = "a9993e364706816aba3e25717850c26c9cd0d89d";

    private final Writer writer = new Writer();
    private final Reader reader = Reader.greedy();

    private CheckedBlocks join(ContentChecks checks, Reader to) {
        CheckedBlocks blocks = new CheckedBlocks(checks);
        blocks.subscribe(to);
        writer.subscribe(blocks);
        return blocks;
    }

    @Test
    void theRightContentPassesAndItsHashesAreKnown() {
        CheckedBlocks blocks = join(
                ContentChecks.ofSize(3)
                        .expecting(DigestAlgorithm.MD5, MD5_OF_ABC.toUpperCase(Locale.ROOT))
                        .computing(Set.of(DigestAlgorithm.SHA_1)),
                reader);
        writer.give(new byte[] {'a', 'b'});
        writer.give(new byte[] {'c'});
        assertThat(blocks.digest(DigestAlgorithm.SHA_1)).isEmpty();
        writer.complete();
        assertThat(reader.octets()).containsExactly('a', 'b', 'c');
        assertThat(reader.complete()).isTrue();
        assertThat(blocks.digest(DigestAlgorithm.SHA_1)).contains(SHA1_OF_ABC);
        assertThat(blocks.octets()).isEqualTo(3);
    }

    @Test
    void aWrongHashNeverLetsTheLastOctetThrough() {
        join(ContentChecks.ofSize(3).expecting(DigestAlgorithm.MD5, MD5_OF_ABC), reader);
        writer.give(new byte[] {'a', 'b'});
        writer.give(new byte[] {'X'});
        writer.complete();
        assertThat(reader.octets()).containsExactly('a', 'b');
        assertThat(reader.failure()).isEqualTo(Reason.HASH_MISMATCH);
    }

    @Test
    void anEmptyBlockAtTheEndDoesNotReplaceTheOneHeldBack() {
        join(ContentChecks.ofSize(1).expecting(DigestAlgorithm.MD5, MD5_OF_ABC), reader);
        writer.give(new byte[] {'a'});
        writer.give(new byte[0]);
        writer.complete();
        assertThat(reader.octets()).isEmpty();
        assertThat(reader.failure()).isEqualTo(Reason.HASH_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({"2, TRUNCATED", "4, OVERRUN"})
    void anotherLengthIsAnError(int octets, Reason reason) {
        join(ContentChecks.ofSize(3), reader);
        for (int i = 0; i < octets; i++) {
            if (!writer.cancelled()) {
                writer.give(new byte[1]);
            }
        }
        if (!reader.ended()) {
            writer.complete();
        }
        assertThat(reader.failure()).isEqualTo(reason);
        assertThat(reader.octets().length).isLessThan(3);
    }

    @Test
    void anEmptyFileIsRightOrWrongByItsHash() {
        join(ContentChecks.ofSize(0).expecting(DigestAlgorithm.MD5, "d41d8cd98f00b204e9800998ecf8427e"), reader);
        writer.complete();
        assertThat(reader.complete()).isTrue();

        Reader second = Reader.greedy();
        Writer again = new Writer();
        CheckedBlocks wrong = new CheckedBlocks(ContentChecks.ofSize(0).expecting(DigestAlgorithm.MD5, MD5_OF_ABC));
        wrong.subscribe(second);
        again.subscribe(wrong);
        again.complete();
        assertThat(second.failure()).isEqualTo(Reason.HASH_MISMATCH);
    }

    @Test
    void demandIsNeverExceededAndTheLastBlockWaitsForIt() {
        Reader idle = Reader.idle();
        join(ContentChecks.ofSize(3), idle);
        assertThat(writer.wanted()).isZero();
        idle.request(1);
        assertThat(writer.wanted()).as("one more, to hold back").isEqualTo(2);
        writer.give(new byte[] {1});
        writer.give(new byte[] {2});
        assertThat(idle.octets()).containsExactly(1);
        idle.request(1);
        writer.give(new byte[] {3});
        writer.complete();
        assertThat(idle.octets()).containsExactly(1, 2);
        assertThat(idle.complete()).isFalse();
        idle.request(1);
        assertThat(idle.octets()).containsExactly(1, 2, 3);
        assertThat(idle.complete()).isTrue();
    }

    @Test
    void failuresOfTheSourceAndCancellingPass() {
        join(new ContentChecks(OptionalLong.empty(), Map.of(), Set.of()), reader);
        writer.give(new byte[] {1});
        writer.fail(new StreamFailure(Reason.PEER_GONE, "went offline"));
        assertThat(reader.failure()).isEqualTo(Reason.PEER_GONE);
        assertThat(reader.octets()).isEmpty();
        reader.cancel();
        assertThat(writer.cancelled()).isTrue();
    }

    @Test
    void aSecondReaderIsRefused() {
        CheckedBlocks blocks = join(ContentChecks.ofSize(3), reader);
        Reader second = Reader.greedy();
        blocks.subscribe(second);
        assertThat(second.error()).isInstanceOf(IllegalStateException.class);
    }

    /** Source and reader on threads of their own, small demand: nothing is lost, doubled or out of order. */
    @Test
    void itIsSafeBetweenTwoThreads() throws InterruptedException {
        ExecutorService source = Executors.newSingleThreadExecutor();
        ExecutorService demand = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 200; round++) {
                int blocks = 1 + round % 7;
                Counting counting = new Counting(demand);
                CheckedBlocks checked = new CheckedBlocks(ContentChecks.ofSize(blocks));
                checked.subscribe(counting);
                try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>(source, 4)) {
                    publisher.subscribe(checked);
                    for (int i = 0; i < blocks; i++) {
                        publisher.submit(ByteBuffer.wrap(new byte[] {(byte) i}));
                    }
                }
                assertThat(counting.done.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(counting.seen).isEqualTo(blocks);
                assertThat(counting.wrong).isFalse();
            }
        } finally {
            source.shutdownNow();
            demand.shutdownNow();
        }
    }

    private static final class Counting implements Flow.Subscriber<ByteBuffer> {
        private final CountDownLatch done = new CountDownLatch(1);
        private final ExecutorService demand;
        private Flow.Subscription subscription;
        private volatile int seen;
        private volatile boolean wrong;

        private Counting(ExecutorService demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            demand.execute(() -> subscription.request(1));
        }

        @Override
        public void onNext(ByteBuffer block) {
            wrong |= block.get() != (byte) seen;
            seen = seen + 1;
            demand.execute(() -> subscription.request(1));
        }

        @Override
        public void onError(Throwable error) {
            wrong = true;
            done.countDown();
        }

        @Override
        public void onComplete() {
            done.countDown();
        }
    }
}
