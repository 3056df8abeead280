package org.isthmus.bytestream;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** A source in the test's hands: gives what it is told to give and counts what is wanted. */
public final class Writer implements Flow.Publisher<ByteBuffer> {

    private Flow.Subscriber<? super ByteBuffer> subscriber;
    private long wanted;
    private boolean cancelled;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
        subscriber = given;
        given.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                wanted += n;
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }

    public void give(byte[] octets) {
        if (wanted <= 0) {
            throw new AssertionError("not wanted");
        }
        wanted--;
        subscriber.onNext(ByteBuffer.wrap(octets));
    }

    public void complete() {
        subscriber.onComplete();
    }

    public void fail(StreamFailure why) {
        subscriber.onError(new ByteStreamException(why));
    }

    public long wanted() {
        return wanted;
    }

    public boolean cancelled() {
        return cancelled;
    }
}
