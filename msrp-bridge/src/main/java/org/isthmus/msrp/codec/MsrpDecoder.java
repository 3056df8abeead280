package org.isthmus.msrp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.isthmus.msrp.frame.MsrpPart;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection: octets in, {@link MsrpPart}s out. Releases every buffer it is given; the parts hold
 * ordinary memory, so nothing behind this handler has to count references.
 */
public final class MsrpDecoder extends ChannelInboundHandlerAdapter {

    private final MsrpLimits limits;
    private @Nullable MsrpFramer framer;

    public MsrpDecoder(MsrpLimits limits) {
        this.limits = limits;
    }

    /** Whether a frame has begun and its end is yet to come. */
    public boolean insideFrame() {
        MsrpFramer current = framer;
        return current != null && current.insideFrame();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        framer = new MsrpFramer(limits, ctx::fireChannelRead);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf buffer)) {
            ctx.fireChannelRead(message);
            return;
        }
        byte[] octets;
        try {
            octets = new byte[buffer.readableBytes()];
            buffer.readBytes(octets);
        } finally {
            buffer.release();
        }
        MsrpFramer current = framer;
        if (current != null) {
            current.feed(octets);
        }
    }
}
