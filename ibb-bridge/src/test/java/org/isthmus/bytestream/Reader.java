package org.isthmus.bytestream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Takes blocks as it is told to, and remembers what it got. */
public final class Reader implements Flow.Subscriber<ByteBuffer> {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
    private final long atFirst;
    private final long afterEach;
    private Flow.Subscription subscription;
    private boolean complete;
    private Throwable error;

    private Reader(long atFirst, long afterEach) {
        this.atFirst = atFirst;
        this.afterEach = afterEach;
    }

    /** Wants everything at once. */
    public static Reader greedy() {
        return new Reader(Long.MAX_VALUE, 0);
    }

    /** Wants one block after the other. */
    public static Reader polite() {
        return new Reader(1, 1);
    }

    /** Wants nothing until told. */
    public static Reader idle() {
        return new Reader(0, 0);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        assertThat(subscription).isNull();
        subscription = given;
        if (atFirst > 0) {
            given.request(atFirst);
        }
    }

    @Override
    public void onNext(ByteBuffer block) {
        assertThat(ended()).as("a block after the end").isFalse();
        byte[] content = new byte[block.remaining()];
        block.get(content);
        octets.writeBytes(content);
        if (afterEach > 0) {
            subscription.request(afterEach);
        }
    }

    @Override
    public void onError(Throwable why) {
        assertThat(ended()).as("ended twice").isFalse();
        error = why;
    }

    @Override
    public void onComplete() {
        assertThat(ended()).as("ended twice").isFalse();
        complete = true;
    }

    public boolean subscribed() {
        return subscription != null;
    }

    public void request(long n) {
        subscription.request(n);
    }

    public void cancel() {
        subscription.cancel();
    }

    public byte[] octets() {
        return octets.toByteArray();
    }

    public boolean complete() {
        return complete;
    }

    public boolean ended() {
        return complete || error != null;
    }

    /** Why it failed. */
    public StreamFailure.Reason failure() {
        assertThat(error).isInstanceOf(ByteStreamException.class);
        return ((ByteStreamException) error).failure().reason();
    }

    public Throwable error() {
        return error;
    }
}
