package org.isthmus.bytestream.socks5.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.Socks5AddressType;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5CommandType;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a target in that knows the destination (XEP-0065 §5.3.2): any fragmentation is read, BND repeats DST, a destination
 * that nobody registered is refused (REP 02) and closed. Octets of the target before the stream begins are kept for the new
 * owner, who ignores them (§10.1). Confined to the channel's loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of an operation is told to the handlers
public final class ServerHandshake extends ChannelInboundHandlerAdapter {

    private final Function<String, Optional<Consumer<Socks5Connection>>> claim;
    private final Runnable finished;
    private final Socks5InitialRequestDecoder greeting = new Socks5InitialRequestDecoder();
    private final Socks5CommandRequestDecoder request = new Socks5CommandRequestDecoder();
    private @Nullable Consumer<Socks5Connection> owner;
    private @Nullable ByteBuf early;
    private boolean handingOver;
    private boolean over;

    /**
     * For one channel.
     *
     * @param claim gives the one who waits for that destination, once
     * @param finished called once when the handshake is over, either way
     */
    public ServerHandshake(Function<String, Optional<Consumer<Socks5Connection>>> claim, Runnable finished) {
        this.claim = Objects.requireNonNull(claim, "claim");
        this.finished = Objects.requireNonNull(finished, "finished");
    }

    /** Puts itself and its codec into a channel that was accepted. */
    public void install(Channel channel) {
        channel.pipeline().addLast(greeting, Socks5ServerEncoder.DEFAULT, this);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof Socks5InitialRequest hello) {
            greet(ctx, hello);
        } else if (message instanceof Socks5CommandRequest command) {
            connect(ctx, command);
        } else if (message instanceof ByteBuf octets && owner != null && early == null) {
            early = octets;
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void greet(ChannelHandlerContext ctx, Socks5InitialRequest hello) {
        if (hello.decoderResult().isFailure()) {
            end();
            ctx.close();
            return;
        }
        if (!hello.authMethods().contains(Socks5AuthMethod.NO_AUTH)) {
            end();
            ctx.writeAndFlush(new DefaultSocks5InitialResponse(Socks5AuthMethod.UNACCEPTED))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ctx.writeAndFlush(new DefaultSocks5InitialResponse(Socks5AuthMethod.NO_AUTH));
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addAfter(pipeline.context(greeting).name(), null, request);
        pipeline.remove(greeting); // what came with the greeting goes to the next decoder
    }

    private void connect(ChannelHandlerContext ctx, Socks5CommandRequest command) {
        if (command.decoderResult().isFailure()) {
            end();
            ctx.close();
            return;
        }
        if (!command.type().equals(Socks5CommandType.CONNECT)) {
            refuse(ctx, command, Socks5CommandStatus.COMMAND_UNSUPPORTED);
            return;
        }
        Optional<Consumer<Socks5Connection>> waiting = command.dstAddrType().equals(Socks5AddressType.DOMAIN)
                ? claim.apply(command.dstAddr())
                : Optional.empty();
        if (waiting.isEmpty()) {
            refuse(ctx, command, Socks5CommandStatus.FORBIDDEN);
            return;
        }
        owner = waiting.get();
        ctx.writeAndFlush(reply(Socks5CommandStatus.SUCCESS, command));
    }

    private void refuse(ChannelHandlerContext ctx, Socks5CommandRequest command, Socks5CommandStatus why) {
        end();
        ctx.writeAndFlush(reply(why, command)).addListener(ChannelFutureListener.CLOSE);
    }

    private static DefaultSocks5CommandResponse reply(Socks5CommandStatus status, Socks5CommandRequest command) {
        return new DefaultSocks5CommandResponse(status, command.dstAddrType(), command.dstAddr(), command.dstPort());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        Consumer<Socks5Connection> waiting = owner;
        if (over || handingOver) {
            return;
        }
        if (waiting == null) {
            ctx.read();
            return;
        }
        handingOver = true; // a decoder that leaves may fire once more
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.remove(request);
        pipeline.remove(Socks5ServerEncoder.class);
        pipeline.remove(this);
        ByteBuf octets = early;
        early = null;
        end();
        waiting.accept(new Socks5Connection(ctx.channel(), octets));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable error) {
        end();
        ctx.close();
    }

    /** Time is over. On the channel's loop; nothing happens when the handshake is. */
    public void giveUp(Channel channel) {
        if (!over) {
            end();
            channel.close();
        }
    }

    private void end() {
        if (!over) {
            over = true;
            if (early != null) {
                early.release();
                early = null;
            }
            finished.run();
        }
    }
}
