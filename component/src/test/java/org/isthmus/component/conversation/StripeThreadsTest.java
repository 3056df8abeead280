package org.isthmus.component.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.isthmus.mappings.SipUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeThreadsTest {

    private final List<Throwable> failures = new ArrayList<>();
    private final StripeThreads stripes =
            new StripeThreads(2, new StripeLimits(3, 100, 5, 150), (where, failure) -> failures.add(failure));

    @AfterEach
    void end() {
        stripes.close();
    }

    @Test
    void runsTheTasksOfOneOwnerInTheOrderOfTheirSubmission() throws InterruptedException {
        Stripe stripe = stripes.of(target("a"));
        List<Integer> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1_000);
        IntStream.range(0, 1_000)
                .forEach(i -> stripe.control(() -> {
                    seen.add(i);
                    done.countDown();
                }));
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).isSorted().hasSize(1_000);
    }

    @Test
    void refusesWorkOfAnOwnerOverItsBoundAndServesOthers() throws InterruptedException {
        OwnerKey flooding = target("flooding");
        OwnerKey honest = sameStripe(flooding);
        Stripe stripe = stripes.of(flooding);
        CountDownLatch gate = block(stripe);
        CountDownLatch ran = new CountDownLatch(4);
        assertThat(stripe.work(flooding, 1, ran::countDown)).isTrue();
        assertThat(stripe.work(flooding, 1, ran::countDown)).isTrue();
        assertThat(stripe.work(flooding, 1, ran::countDown)).isTrue();
        assertThat(stripe.work(flooding, 1, ran::countDown))
                .as("fourth of three")
                .isFalse();
        assertThat(stripe.work(honest, 101, ran::countDown))
                .as("101 of 100 octets")
                .isFalse();
        assertThat(stripe.work(honest, 100, ran::countDown)).isTrue();
        gate.countDown();
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        stripe.control(() -> {});
        assertThat(settled(stripe, () -> stripe.work(flooding, 1, () -> {})))
                .as("room again")
                .isTrue();
    }

    @Test
    void runsControlBeforeWaitingWork() throws InterruptedException {
        OwnerKey owner = target("a");
        Stripe stripe = stripes.of(owner);
        List<String> seen = new ArrayList<>();
        CountDownLatch gate = block(stripe);
        CountDownLatch done = new CountDownLatch(2);
        stripe.work(owner, 1, () -> {
            seen.add("work");
            done.countDown();
        });
        stripe.control(() -> {
            seen.add("control");
            done.countDown();
        });
        gate.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("control", "work");
    }

    @Test
    void aTaskThatThrowsIsReportedAndTheStripeLives() throws InterruptedException {
        Stripe stripe = stripes.of(target("a"));
        CountDownLatch after = new CountDownLatch(1);
        stripe.control(() -> {
            throw new IllegalStateException("scripted");
        });
        stripe.control(after::countDown);
        assertThat(after.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).singleElement().satisfies(f -> assertThat(f).hasMessage("scripted"));
    }

    @Test
    void timersRunInTheOrderOfTheirTimesAndACancelledOneNever() throws InterruptedException {
        Stripe stripe = stripes.of(target("a"));
        List<String> seen = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(2);
        stripe.after(Duration.ofMillis(40), () -> {
            seen.add("second");
            done.countDown();
        });
        stripe.after(Duration.ofMillis(20), () -> {
            seen.add("first");
            done.countDown();
        });
        stripe.after(Duration.ofMillis(10), () -> seen.add("cancelled")).cancel();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly("first", "second");
    }

    @Test
    void knowsItsOwnThread() throws InterruptedException {
        Stripe stripe = stripes.of(target("a"));
        assertThat(stripe.inStripe()).isFalse();
        assertThat(settled(stripe, stripe::inStripe)).isTrue();
    }

    private static OwnerKey target(String user) {
        return new OwnerKey.Target(SipUri.of(user, "campus.example"));
    }

    private OwnerKey sameStripe(OwnerKey key) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> target("honest" + i))
                .filter(other -> stripes.of(other) == stripes.of(key))
                .findFirst()
                .orElseThrow();
    }

    private static CountDownLatch block(Stripe stripe) {
        CountDownLatch gate = new CountDownLatch(1);
        stripe.control(() -> {
            try {
                assertThat(gate.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        return gate;
    }

    private static boolean settled(Stripe stripe, java.util.function.BooleanSupplier question)
            throws InterruptedException {
        boolean[] answer = new boolean[1];
        CountDownLatch done = new CountDownLatch(1);
        stripe.control(() -> {
            answer[0] = question.getAsBoolean();
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        return answer[0];
    }
}
