package org.isthmus.msrp.message;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * Octets in their order for a stream. Chunks that come before their turn, because relays may change the order (RFC 4975
 * §7.3.1), are kept within a bound. What has gone to the taker cannot be taken back: of octets that come twice the first
 * count here.
 */
final class OrderedBody implements BodyStore {

    private final BlockOutflow out;
    private final long maxEarly;
    private final TreeMap<Long, ByteBuffer> early = new TreeMap<>();
    private long earlyOctets;
    private long next;

    /** @param maxEarly octets kept that came before their turn */
    OrderedBody(BlockOutflow out, long maxEarly) {
        this.out = out;
        this.maxEarly = maxEarly;
    }

    @Override
    public boolean put(long offset, ByteBuffer data) {
        if (offset > next) {
            return keep(offset, data);
        }
        pass(offset, data);
        for (Map.Entry<Long, ByteBuffer> first = early.firstEntry();
                first != null && first.getKey() <= next;
                first = early.firstEntry()) {
            early.remove(first.getKey());
            earlyOctets -= first.getValue().remaining();
            pass(first.getKey(), first.getValue());
        }
        return true;
    }

    private boolean keep(long offset, ByteBuffer data) {
        ByteBuffer before = early.get(offset);
        if (before != null && before.remaining() >= data.remaining()) {
            return true;
        }
        if (earlyOctets + data.remaining() > maxEarly) {
            return false;
        }
        early.put(offset, data);
        earlyOctets += data.remaining() - (before == null ? 0 : before.remaining());
        return true;
    }

    private void pass(long offset, ByteBuffer data) {
        long known = next - offset;
        if (known >= data.remaining()) {
            return;
        }
        ByteBuffer fresh = data.duplicate();
        fresh.position(fresh.position() + (int) known);
        next += fresh.remaining();
        out.offer(fresh);
    }

    @Override
    public boolean isWhole(long total) {
        return next >= total;
    }

    @Override
    public long received() {
        return next;
    }

    @Override
    public void complete(long total) {
        early.clear();
        out.complete();
    }

    @Override
    public void fail(MessageFailure failure) {
        early.clear();
        out.fail(failure);
    }

    @Override
    public boolean isTakerSlow() {
        return out.isWaitedFor();
    }
}
