package org.isthmus.bytestream.negotiation;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.isthmus.bytestream.ByteStreamException;
import org.isthmus.bytestream.ByteStreamSource;

/** The far side of a gateway: passes everything on, and tells the source at the end whether the whole is right. */
final class Confirming implements Flow.Subscriber<ByteBuffer> {

    private final Flow.Subscriber<ByteBuffer> next;
    private final ByteStreamSource source;

    Confirming(Flow.Subscriber<ByteBuffer> next, ByteStreamSource source) {
        this.next = next;
        this.source = source;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        next.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer block) {
        next.onNext(block);
    }

    @Override
    public void onError(Throwable error) {
        next.onError(error);
        source.abort(ByteStreamException.failureOf(error));
    }

    @Override
    public void onComplete() {
        next.onComplete();
        source.confirm();
    }
}
