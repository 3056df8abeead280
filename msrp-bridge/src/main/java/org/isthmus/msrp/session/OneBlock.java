package org.isthmus.msrp.session;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** Publishes one array, once. */
final class OneBlock implements Flow.Publisher<ByteBuffer> {

    private final byte[] octets;

    OneBlock(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Flow.Subscription() {
            private boolean done;

            @Override
            public void request(long count) {
                if (!done) {
                    done = true;
                    subscriber.onNext(ByteBuffer.wrap(octets));
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {
                done = true;
            }
        });
    }
}
