package org.isthmus.msrp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.util.List;
import org.isthmus.msrp.frame.Continuation;
import org.isthmus.msrp.frame.MsrpHeaders;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpResponse;
import org.isthmus.msrp.frame.MsrpUri;
import org.jspecify.annotations.Nullable;

/**
 * Writes frames (RFC 4975 §9). All methods append to a buffer of the caller and may run on any thread.
 *
 * <p>COMPAT(python3-msrplib 0.21): it loses the flag of an end-line when it reads the octets before the flag alone, so
 * an end-line always goes into the buffer that holds the last data, never into one of its own.
 */
public final class MsrpEncoder {

    private static final String DASHES = "-------";

    private MsrpEncoder() {}

    /**
     * A whole request.
     *
     * @param body its data, or null where {@link MsrpRequest#body()} is false; read, not moved
     */
    public static void request(ByteBuf out, MsrpRequest head, @Nullable ByteBuffer body, Continuation flag) {
        if (head.body() == (body == null)) {
            throw new IllegalArgumentException("body: " + (body != null) + " (expected: as the head says)");
        }
        ByteBufUtil.writeAscii(out, "MSRP " + head.transactionId() + " " + head.method() + "\r\n");
        paths(out, head.toPath(), head.fromPath());
        fields(out, head.headers());
        if (body != null) {
            ByteBufUtil.writeAscii(out, "\r\n");
            out.writeBytes(body.duplicate());
        }
        endLine(out, head.transactionId(), body != null, flag);
    }

    /** A response without further header fields. */
    public static void response(ByteBuf out, String transactionId, int status, String comment, String to, String from) {
        ByteBufUtil.writeAscii(out, "MSRP ");
        ByteBufUtil.writeAscii(out, transactionId);
        out.writeByte(' ');
        ByteBufUtil.writeAscii(out, Integer.toString(status));
        if (!comment.isEmpty()) {
            out.writeByte(' ');
            ByteBufUtil.writeUtf8(out, comment);
        }
        ByteBufUtil.writeAscii(out, "\r\nTo-Path: ");
        ByteBufUtil.writeAscii(out, to);
        ByteBufUtil.writeAscii(out, "\r\nFrom-Path: ");
        ByteBufUtil.writeAscii(out, from);
        ByteBufUtil.writeAscii(out, "\r\n");
        endLine(out, transactionId, false, Continuation.COMPLETE);
    }

    /** A response with its header fields. */
    public static void response(ByteBuf out, MsrpResponse head) {
        String comment = head.comment().isEmpty() ? "" : " " + head.comment();
        ByteBufUtil.writeUtf8(out, "MSRP " + head.transactionId() + " " + head.status() + comment + "\r\n");
        paths(out, head.toPath(), head.fromPath());
        fields(out, head.headers());
        endLine(out, head.transactionId(), false, Continuation.COMPLETE);
    }

    /**
     * An end-line.
     *
     * @param afterBody whether data stands before it, from which a CRLF separates it
     */
    public static void endLine(ByteBuf out, String transactionId, boolean afterBody, Continuation flag) {
        ByteBufUtil.writeAscii(out, afterBody ? "\r\n" + DASHES : DASHES);
        ByteBufUtil.writeAscii(out, transactionId);
        out.writeByte(flag.flag());
        ByteBufUtil.writeAscii(out, "\r\n");
    }

    /** A path as the value of a header field. */
    public static String path(List<MsrpUri> path) {
        if (path.size() == 1) {
            return path.get(0).toString();
        }
        StringBuilder text = new StringBuilder();
        for (MsrpUri uri : path) {
            text.append(text.isEmpty() ? "" : " ").append(uri);
        }
        return text.toString();
    }

    private static void paths(ByteBuf out, List<MsrpUri> to, List<MsrpUri> from) {
        ByteBufUtil.writeAscii(out, "To-Path: " + path(to) + "\r\nFrom-Path: " + path(from) + "\r\n");
    }

    private static void fields(ByteBuf out, MsrpHeaders headers) {
        headers.forEach((name, value) -> ByteBufUtil.writeUtf8(out, name + ": " + value + "\r\n"));
    }
}
