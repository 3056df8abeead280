package org.isthmus.component.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.isthmus.component.conversation.EventLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrandTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final Strand strand = new Strand(pool, new EventLog());

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void tasksRunInOrderAlthoughOneThrows() throws Exception {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            strand.execute(() -> {
                seen.add(number);
                if (number % 100 == 50) {
                    throw new IllegalStateException("for the test");
                }
            });
        }
        strand.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void aFullStrandTakesNoMore() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch running = new CountDownLatch(1);
        strand.execute(() -> {
            running.countDown();
            try {
                held.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();
        assertThat(strand.offer(() -> {}, 2)).isTrue();
        assertThat(strand.offer(() -> {}, 2)).isTrue();
        assertThat(strand.offer(() -> {}, 2)).isFalse();
        held.countDown();
    }

    @Test
    void aTaskForAPoolThatIsShutDownIsRefused() {
        pool.shutdown();
        assertThat(strand.offer(() -> {}, 10)).isFalse();
    }

    @Test
    void whatWasTakenBeforeTheShutdownStillRuns() throws Exception {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch held = new CountDownLatch(1);
        strand.execute(() -> {
            try {
                held.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 500; i++) {
            int number = i;
            strand.execute(() -> seen.add(number));
        }
        pool.shutdown();
        held.countDown();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).hasSize(500);
    }
}
