package org.isthmus.msrp.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.isthmus.msrp.codec.ChunkTemplate;
import org.isthmus.msrp.codec.EndLineScan;
import org.isthmus.msrp.codec.MsrpEncoder;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.transaction.ChunkSink;

/**
 * Writes the frames of one message: a chunk at once, or piece by piece.
 *
 * <p>A chunk of more than 2048 octets has {@code *} for its end (RFC 4975 §7.1.1). Data that holds the end-line of its
 * own transaction gets another transaction id; where the id is on the wire already, the chunk ends before that place.
 * Confined to the loop.
 */
final class ChunkWriter {

    /** Chunks up to this size need not be interruptible, and announce their end. */
    private static final int SMALL = 2048;

    /** Takes the octets of the message. */
    interface Data {
        void peek(ByteBuf out, int octets);

        void consume(int octets);
    }

    private final ChunkTemplate template;
    private final Data data;
    private final long total;

    private final EndLineScan scan = new EndLineScan();

    private long written;
    private String openId = "";
    private long openStart;
    private long openSince;
    /** The last octets of the open chunk: an end-line might be completed by what follows. */
    private byte[] tail = new byte[0];

    /** @param total octets of the message, or {@link ByteRange#UNKNOWN} */
    ChunkWriter(ChunkTemplate template, Data data, long total) {
        this.template = template;
        this.data = data;
        this.total = total;
    }

    /** Octets of the message written so far. */
    long written() {
        return written;
    }

    boolean isOpen() {
        return !openId.isEmpty();
    }

    long openSince() {
        return openSince;
    }

    /** Octets in the open chunk so far. */
    long openOctets() {
        return written - openStart;
    }

    /** A chunk that was ended: to be answered by the peer. */
    record Chunk(String transactionId, long octets) {}

    /** Writes a whole chunk. */
    Chunk chunk(ByteBuf out, int octets, Continuation flag, ChunkSink sink) {
        int start = out.writerIndex();
        ByteRange range = range(octets, octets <= SMALL);
        String id;
        while (true) {
            id = sink.newTransactionId();
            scan.transaction(id);
            template.head(out, id, range);
            int body = out.writerIndex();
            data.peek(out, octets);
            if (scan.indexIn(out, body, out.writerIndex()) < 0) {
                break;
            }
            out.writerIndex(start);
        }
        MsrpEncoder.endLine(out, id, true, flag);
        data.consume(octets);
        written += octets;
        return new Chunk(id, octets);
    }

    /**
     * Begins a chunk that is written piece by piece.
     *
     * @return its transaction id
     */
    String open(ByteBuf out, ChunkSink sink) {
        openId = sink.newTransactionId();
        scan.transaction(openId);
        openStart = written;
        openSince = sink.nanoTime();
        tail = new byte[0];
        template.head(out, openId, range(0, false));
        return openId;
    }

    /**
     * Writes a piece of the open chunk.
     *
     * @return how much of it was written: less than asked for when the data holds the chunk's end-line, and then the
     *     chunk is to be closed
     */
    int piece(ByteBuf out, int octets) {
        int start = out.writerIndex();
        data.peek(out, octets);
        int fits = octets;
        if (completesEndLine(out, start, octets)) {
            fits = 0;
        } else {
            int hit = scan.indexIn(out, start, out.writerIndex());
            fits = hit < 0 ? octets : hit - start;
        }
        out.writerIndex(start + fits);
        remember(out, start, fits);
        data.consume(fits);
        written += fits;
        return fits;
    }

    /** Whether the chunk's end-line begins in what was written before and goes on in this piece. */
    private boolean completesEndLine(ByteBuf out, int start, int octets) {
        if (tail.length == 0 || octets == 0) {
            return false;
        }
        byte[] joint = Arrays.copyOf(tail, tail.length + Math.min(octets, longestTail()));
        out.getBytes(start, joint, tail.length, joint.length - tail.length);
        return scan.indexIn(Unpooled.wrappedBuffer(joint), 0, joint.length) >= 0;
    }

    private int longestTail() {
        return scan.length() - 1;
    }

    private void remember(ByteBuf out, int start, int octets) {
        int fresh = Math.min(octets, longestTail());
        int old = Math.min(tail.length, longestTail() - fresh);
        byte[] next = Arrays.copyOf(Arrays.copyOfRange(tail, tail.length - old, tail.length), old + fresh);
        out.getBytes(start + octets - fresh, next, old, fresh);
        tail = next;
    }

    /** Ends the open chunk. */
    Chunk close(ByteBuf out, Continuation flag) {
        MsrpEncoder.endLine(out, openId, true, flag);
        Chunk chunk = new Chunk(openId, written - openStart);
        openId = "";
        return chunk;
    }

    private ByteRange range(int octets, boolean announceEnd) {
        return new ByteRange(written + 1, announceEnd ? written + octets : ByteRange.UNKNOWN, total);
    }

    /** The most octets of data that a frame shorter than this may have; at least 1. */
    int capFor(int maxFrameOctets, int transactionIdLength) {
        return Math.max(1, maxFrameOctets - 1 - template.overhead(transactionIdLength));
    }
}
