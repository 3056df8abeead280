package org.isthmus.bytestream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts and hashes the blocks between a source and a sink, and never lets a wrong file arrive whole.
 *
 * <p>Most byte streams cannot say "all came, but it is wrong" at their end: a receiver that has the agreed number of octets
 * keeps the file. So one block is always held back, and the last one goes on only when the source has completed and length
 * and hashes are right. Otherwise the sink gets {@code onError} and is short of at least one octet. (Of an empty file there
 * is nothing to hold back; it has no wrong content either, only a wrong hash, which is an error all the same.)
 *
 * <p><b>Threads.</b> Signals from the source run on the source's thread, one at a time, and own {@code held}, {@code passed}
 * and the digests. Demand comes from any thread. The end is the only thing that both may bring about (the last block may
 * have to wait for demand); {@code ended} lets one of them do it.
 */
public final class CheckedBlocks implements Flow.Processor<ByteBuffer, ByteBuffer> {

    private final ContentChecks checks;
    private final Consumer<CheckedBlocks> onRight;
    private final Map<DigestAlgorithm, MessageDigest> digests = new EnumMap<>(DigestAlgorithm.class);
    private final Map<DigestAlgorithm, String> results = new EnumMap<>(DigestAlgorithm.class);
    private final AtomicLong demand = new AtomicLong();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean allHere;
    private volatile long passed;
    private @Nullable ByteBuffer held;
    private Flow.@Nullable Subscription upstream;
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> downstream;

    public CheckedBlocks(ContentChecks checks) {
        this(checks, right -> {});
    }

    /**
     * With a listener.
     *
     * @param onRight called once when everything has passed and is right, before the sink gets the last block
     */
    public CheckedBlocks(ContentChecks checks, Consumer<CheckedBlocks> onRight) {
        this.checks = Objects.requireNonNull(checks, "checks");
        this.onRight = Objects.requireNonNull(onRight, "onRight");
        checks.expected().keySet().forEach(algorithm -> digests.put(algorithm, algorithm.start()));
        checks.alsoCompute().forEach(algorithm -> digests.computeIfAbsent(algorithm, DigestAlgorithm::start));
    }

    /** How many octets have come so far; from any thread, for progress. */
    public long octets() {
        return passed;
    }

    /** A hash of the whole, lower-case hexadecimal; empty before the end or when it was not asked for. */
    public Optional<String> digest(DigestAlgorithm algorithm) {
        return allHere ? Optional.ofNullable(results.get(algorithm)) : Optional.empty();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        if (downstream != null) {
            subscriber.onSubscribe(NoSubscription.INSTANCE);
            subscriber.onError(new IllegalStateException("one subscriber only"));
            return;
        }
        downstream = subscriber;
        if (upstream != null) {
            subscriber.onSubscribe(new Demand(upstream));
        }
    }

    /** Subscribe the sink here first, then this to the source. */
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        if (upstream != null) {
            subscription.cancel();
            return;
        }
        upstream = subscription;
        sink().onSubscribe(new Demand(subscription));
    }

    @Override
    public void onNext(ByteBuffer block) {
        if (ended.get()) {
            return;
        }
        if (!block.hasRemaining()) { // holding back nothing would hold back nothing
            Objects.requireNonNull(upstream, "upstream").request(1);
            return;
        }
        long total = passed + block.remaining();
        if (checks.octets().isPresent() && total > checks.octets().getAsLong()) {
            fail(new StreamFailure(
                    StreamFailure.Reason.OVERRUN, "more than " + checks.octets().getAsLong() + " octets"));
            return;
        }
        passed = total;
        for (MessageDigest digest : digests.values()) {
            digest.update(block.duplicate());
        }
        ByteBuffer before = held;
        held = block;
        if (before != null) {
            demand.decrementAndGet();
            sink().onNext(before);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (ended.compareAndSet(false, true)) {
            held = null;
            sink().onError(error);
        }
    }

    @Override
    public void onComplete() {
        digests.forEach(
                (algorithm, digest) -> results.put(algorithm, HexFormat.of().formatHex(digest.digest())));
        Optional<StreamFailure> wrong = checks.judge(passed, results);
        if (wrong.isPresent()) {
            fail(wrong.get());
        } else if (!ended.get()) {
            onRight.accept(this);
            allHere = true;
            finish();
        }
    }

    private void fail(StreamFailure failure) {
        if (ended.compareAndSet(false, true)) {
            held = null;
            if (upstream != null) {
                upstream.cancel();
            }
            sink().onError(new ByteStreamException(failure));
        }
    }

    /** Gives the last block, as soon as somebody wants it, and the end. */
    private void finish() {
        ByteBuffer last = held;
        if (allHere && (last == null || demand.get() > 0) && ended.compareAndSet(false, true)) {
            held = null;
            if (last != null) {
                sink().onNext(last);
            }
            sink().onComplete();
        }
    }

    private Flow.Subscriber<? super ByteBuffer> sink() {
        return Objects.requireNonNull(downstream, "subscribe the sink before the source starts");
    }

    private final class Demand implements Flow.Subscription {
        private final Flow.Subscription source;

        private Demand(Flow.Subscription source) {
            this.source = source;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                source.request(n); // the source answers with the error that the rule prescribes
                return;
            }
            demand.getAndUpdate(wanted -> saturated(wanted, n));
            boolean first = asked.compareAndSet(false, true);
            source.request(first ? saturated(n, 1) : n); // one more than wanted, for the block held back
            finish();
        }

        @Override
        public void cancel() {
            ended.set(true);
            source.cancel();
        }

        private long saturated(long a, long b) {
            return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
        }
    }

    private enum NoSubscription implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }
}
