package org.isthmus.msrp.peer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Flow;

/** Publishes what the test gives it, when it is asked for; counts what was asked for. Safe for several threads. */
public final class TestPublisher implements Flow.Publisher<ByteBuffer> {

    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
    private Flow.Subscriber<? super ByteBuffer> subscriber;
    private Throwable failure;
    private boolean complete;
    private boolean cancelled;
    private long demand;
    private long requested;

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
        synchronized (this) {
            subscriber = given;
        }
        given.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                synchronized (TestPublisher.this) {
                    demand += count;
                    requested += count;
                }
                publish();
            }

            @Override
            public void cancel() {
                synchronized (TestPublisher.this) {
                    cancelled = true;
                    blocks.clear();
                }
            }
        });
    }

    public TestPublisher block(byte[] octets) {
        synchronized (this) {
            blocks.add(ByteBuffer.wrap(octets));
        }
        publish();
        return this;
    }

    public TestPublisher complete() {
        synchronized (this) {
            complete = true;
        }
        publish();
        return this;
    }

    public void fail(Throwable cause) {
        synchronized (this) {
            failure = cause;
        }
        publish();
    }

    public synchronized boolean isCancelled() {
        return cancelled;
    }

    public synchronized long requested() {
        return requested;
    }

    private void publish() {
        while (true) {
            ByteBuffer next;
            synchronized (this) {
                if (subscriber == null || cancelled) {
                    return;
                }
                if (failure != null) {
                    subscriber.onError(failure);
                    subscriber = null;
                    return;
                }
                if (blocks.isEmpty() && complete) {
                    subscriber.onComplete();
                    subscriber = null;
                    return;
                }
                if (blocks.isEmpty() || demand == 0) {
                    return;
                }
                demand--;
                next = blocks.removeFirst();
                subscriber.onNext(next);
            }
        }
    }
}
