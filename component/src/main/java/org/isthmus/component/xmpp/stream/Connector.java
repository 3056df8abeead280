package org.isthmus.component.xmpp.stream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.isthmus.component.xmpp.stream.LinkDown.Cause;

/** Opens the TCP connection of a link, trying the addresses of the host in turn. Called and answering on the event loop. */
final class Connector {

    private final LinkSettings link;
    private final EventLoop loop;
    private final AddressLookup addresses;
    private final Optional<SslContext> tls;

    /** @param tls used when the link is to be protected */
    Connector(LinkSettings link, EventLoop loop, AddressLookup addresses, Optional<SslContext> tls) {
        this.link = link;
        this.loop = loop;
        this.addresses = addresses;
        this.tls = tls.filter(context -> link.tls() == TlsMode.DIRECT);
    }

    /**
     * Connects with a new handler.
     *
     * @param handler made for each address tried
     * @param connected gets the channel
     * @param failed gets the last reason, when no address answered
     */
    void connect(Supplier<ChannelHandler> handler, Consumer<Channel> connected, Consumer<LinkDown> failed) {
        addresses
                .lookup(link.host(), link.port())
                .whenCompleteAsync(
                        (found, unknown) -> {
                            if (unknown != null || found.isEmpty()) {
                                failed.accept(ServerAdvice.explain(
                                        link, Cause.UNRESOLVED, Optional.empty(), false, Optional.empty()));
                            } else {
                                connect(found, 0, handler, connected, failed);
                            }
                        },
                        loop);
    }

    private void connect(
            List<InetSocketAddress> all,
            int next,
            Supplier<ChannelHandler> handler,
            Consumer<Channel> connected,
            Consumer<LinkDown> failed) {
        ChannelFuture attempt = bootstrap(handler.get()).connect(all.get(next));
        attempt.addListener(done -> {
            if (done.isSuccess()) {
                connected.accept(attempt.channel());
            } else if (next + 1 < all.size()) {
                connect(all, next + 1, handler, connected, failed);
            } else {
                failed.accept(ServerAdvice.explain(
                        link,
                        Cause.UNREACHABLE,
                        Optional.empty(),
                        false,
                        Optional.ofNullable(done.cause().getMessage())));
            }
        });
    }

    private Bootstrap bootstrap(ChannelHandler handler) {
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        link.limits().connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), 30)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 10)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(512 << 10, 1 << 20))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(context -> {
                            SslHandler protection = context.newHandler(channel.alloc(), link.host(), link.port());
                            protection.setHandshakeTimeoutMillis(
                                    link.limits().handshakeTimeout().toMillis());
                            channel.pipeline().addLast(protection);
                        });
                        channel.pipeline().addLast(handler);
                    }
                });
    }
}
