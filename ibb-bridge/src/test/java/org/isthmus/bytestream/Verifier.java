package org.isthmus.bytestream;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Reads what a {@link Generator} made and keeps nothing: compares each octet with its position. May be slow on purpose. */
public final class Verifier implements Flow.Subscriber<ByteBuffer> {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Consumer<Runnable> pace;
    private Flow.Subscription subscription;
    private volatile long octets;
    private volatile long firstWrong = -1;
    private volatile boolean complete;
    private volatile Throwable error;

    public Verifier() {
        this(Runnable::run);
    }

    /**
     * With a brake.
     *
     * @param pace runs the next demand when it likes
     */
    public Verifier(Consumer<Runnable> pace) {
        this.pace = pace;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        pace.accept(() -> given.request(1));
    }

    @Override
    public void onNext(ByteBuffer block) {
        long position = octets;
        while (block.hasRemaining()) {
            if (block.get() != Generator.octet(position) && firstWrong < 0) {
                firstWrong = position;
            }
            position++;
        }
        octets = position;
        pace.accept(() -> subscription.request(1));
    }

    @Override
    public void onError(Throwable why) {
        error = why;
        ended.countDown();
    }

    @Override
    public void onComplete() {
        complete = true;
        ended.countDown();
    }

    public long octets() {
        return octets;
    }

    /** All octets up to now are those of the generator. */
    public boolean right() {
        return firstWrong < 0;
    }

    public boolean complete() {
        return complete;
    }

    public boolean ended() {
        return ended.getCount() == 0;
    }

    public Optional<StreamFailure> failure() {
        return Optional.ofNullable(error).map(ByteStreamException::failureOf);
    }

    public boolean await(Duration limit) {
        try {
            return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
