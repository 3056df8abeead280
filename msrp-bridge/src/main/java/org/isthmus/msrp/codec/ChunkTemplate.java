package org.isthmus.msrp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.isthmus.msrp.frame.ByteRange;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpUri;

/**
 * The head that all chunks of one message share, written out once. Immutable; any thread.
 */
public final class ChunkTemplate {

    private static final byte[] START = "MSRP ".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_NUMBERS = 3 * 19 + 2;

    private final byte[] beforeRange;
    private final byte[] afterRange;

    /**
     * @param headers of the message, with a Content-Type and without Byte-Range
     */
    public ChunkTemplate(List<MsrpUri> toPath, List<MsrpUri> fromPath, MsrpHeaders headers) {
        if (headers.contentType().isEmpty() || headers.byteRange().isPresent()) {
            throw new IllegalArgumentException("headers (expected: a Content-Type and no Byte-Range)");
        }
        StringBuilder first = new StringBuilder(" SEND\r\nTo-Path: ")
                .append(MsrpEncoder.path(toPath))
                .append("\r\nFrom-Path: ")
                .append(MsrpEncoder.path(fromPath))
                .append("\r\n");
        StringBuilder second = new StringBuilder("\r\n");
        headers.forEach((name, value) -> {
            boolean early = !name.regionMatches(true, 0, "Content-", 0, 8);
            (early ? first : second).append(name).append(": ").append(value).append("\r\n");
        });
        beforeRange = first.append("Byte-Range: ").toString().getBytes(StandardCharsets.UTF_8);
        afterRange = second.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Start line, header section and the blank line before the data. */
    public void head(ByteBuf out, String transactionId, ByteRange range) {
        out.writeBytes(START);
        ByteBufUtil.writeAscii(out, transactionId);
        out.writeBytes(beforeRange);
        ByteBufUtil.writeAscii(out, range.toString());
        out.writeBytes(afterRange);
    }

    /** The most octets that a frame of this message has beside its data, for a transaction id of this length. */
    public int overhead(int transactionIdLength) {
        int endLine = 2 + 7 + transactionIdLength + 3;
        return START.length + transactionIdLength + beforeRange.length + LONGEST_NUMBERS + afterRange.length + endLine;
    }
}
