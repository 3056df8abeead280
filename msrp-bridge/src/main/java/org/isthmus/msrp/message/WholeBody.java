package org.isthmus.msrp.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * A message in memory, complete or not at all. It grows with what comes, not with what is announced (RFC 4975 §14.5);
 * of octets that come twice the last count.
 */
final class WholeBody implements BodyStore {

    /** Ranges that are not connected: more chunks than that out of order are no message of a person. */
    private static final int MAX_RANGES = 1024;
    /** How far ahead of what has come a chunk may lie: one octet must not cost the whole bound. */
    private static final long MAX_AHEAD = 256 * 1024;

    private final int max;
    private final CompletableFuture<byte[]> result;
    private final ByteRanges ranges = new ByteRanges();
    private byte[] octets = new byte[0];
    private long received;

    WholeBody(int max, CompletableFuture<byte[]> result) {
        this.max = max;
        this.result = result;
    }

    @Override
    public boolean put(long offset, ByteBuffer data) {
        long end = offset + data.remaining();
        if (end > max || offset > received + MAX_AHEAD || ranges.count() >= MAX_RANGES) {
            return false;
        }
        if (end > octets.length) {
            octets = Arrays.copyOf(octets, (int) Math.min(max, Math.max(end, 2L * octets.length)));
        }
        int length = data.remaining();
        data.duplicate().get(octets, (int) offset, length);
        ranges.add(offset, end);
        received += length;
        return true;
    }

    @Override
    public boolean isWhole(long total) {
        return ranges.coversFromStart(total);
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public void complete(long total) {
        byte[] whole = octets.length == total ? octets : Arrays.copyOf(octets, (int) total);
        octets = new byte[0];
        result.complete(whole);
    }

    @Override
    public void fail(MessageFailure failure) {
        octets = new byte[0];
        result.completeExceptionally(failure);
    }

    @Override
    public boolean isTakerSlow() {
        return false;
    }
}
