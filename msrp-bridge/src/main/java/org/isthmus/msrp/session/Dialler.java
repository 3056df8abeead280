package org.isthmus.msrp.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.tls.PeerVerification;
import org.isthmus.msrp.transaction.MsrpConnection;

/**
 * Opens connections, or gives one that is open to the same host, port and scheme and was verified in the same way (RFC
 * 4975 §5.4). The addresses of a host are tried in their order (§6.2). Safe for several threads.
 */
final class Dialler {

    /** What two sessions must have in common to share a connection. */
    private record Target(
            boolean secure,
            String host,
            int port,
            Optional<InetSocketAddress> address,
            PeerVerification verification) {}

    /** Prepares the channel of a connection that is about to be opened. */
    interface Preparation {
        MsrpConnection prepare(Channel channel, boolean secure, String host, int port, PeerVerification verification)
                throws Exception;
    }

    private final Bootstrap bootstrap;
    private final EventLoopGroup group;
    private final HostResolver resolver;
    private final Preparation preparation;
    private final Map<Target, CompletableFuture<MsrpConnection>> open = new HashMap<>();

    Dialler(Bootstrap bootstrap, EventLoopGroup group, HostResolver resolver, Preparation preparation) {
        this.bootstrap = bootstrap;
        this.group = group;
        this.resolver = resolver;
        this.preparation = preparation;
    }

    /** A connection that may be used, or an {@link java.io.IOException}. */
    CompletionStage<MsrpConnection> dial(
            MsrpUri uri, Optional<InetSocketAddress> address, PeerVerification verification, boolean shared) {
        if (uri.port() < 0 && address.isEmpty()) {
            return CompletableFuture.failedFuture(new java.io.IOException("no port in " + uri.redacted()));
        }
        Target target =
                new Target(uri.secure(), uri.host().toLowerCase(Locale.ROOT), uri.port(), address, verification);
        if (!shared) {
            return connect(target);
        }
        CompletableFuture<MsrpConnection> fresh;
        synchronized (open) {
            CompletableFuture<MsrpConnection> known = open.get(target);
            if (known != null && isUsable(known)) {
                return known;
            }
            fresh = new CompletableFuture<>();
            open.put(target, fresh);
        }
        connect(target).whenComplete((connection, failure) -> {
            if (connection == null) {
                forget(target, fresh);
                fresh.completeExceptionally(failure);
            } else {
                connection.whenEnded().thenRun(() -> forget(target, fresh));
                fresh.complete(connection);
            }
        });
        return fresh;
    }

    private static boolean isUsable(CompletableFuture<MsrpConnection> known) {
        return !known.isDone()
                || (!known.isCompletedExceptionally() && known.join().isOpen());
    }

    private void forget(Target target, CompletableFuture<MsrpConnection> connection) {
        synchronized (open) {
            open.remove(target, connection);
        }
    }

    private CompletionStage<MsrpConnection> connect(Target target) {
        if (target.address.isPresent()) {
            InetSocketAddress address = target.address.get();
            if (!address.isUnresolved()) {
                return connect(target, List.of(address).iterator());
            }
            return resolver.resolve(address.getHostString())
                    .thenCompose(found -> connect(target, sockets(found, address.getPort())));
        }
        return resolver.resolve(target.host).thenCompose(found -> connect(target, sockets(found, target.port)));
    }

    private static Iterator<InetSocketAddress> sockets(List<InetAddress> addresses, int port) {
        return addresses.stream()
                .map(address -> new InetSocketAddress(address, port))
                .iterator();
    }

    private CompletionStage<MsrpConnection> connect(Target target, Iterator<InetSocketAddress> addresses) {
        CompletableFuture<MsrpConnection> result = new CompletableFuture<>();
        next(target, addresses, new java.io.IOException("no address of " + target.host), result);
        return result;
    }

    private void next(
            Target target,
            Iterator<InetSocketAddress> addresses,
            Throwable lastFailure,
            CompletableFuture<MsrpConnection> result) {
        if (!addresses.hasNext()) {
            result.completeExceptionally(lastFailure);
            return;
        }
        InetSocketAddress address = addresses.next();
        CompletableFuture<MsrpConnection> prepared = new CompletableFuture<>();
        Bootstrap attempt = bootstrap
                .clone(group)
                .handler(new Initializer(channel -> prepared.complete(
                        preparation.prepare(channel, target.secure, target.host, target.port, target.verification))));
        ChannelFuture connecting = attempt.connect(address);
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                next(target, addresses, done.cause(), result);
                return;
            }
            // The handshake of TLS is still to come; a peer that fails it is not tried elsewhere.
            CompletionStage<MsrpConnection> usable = prepared.thenCompose(MsrpConnection::whenReady);
            usable.whenComplete((connection, failure) -> {
                if (connection == null) {
                    result.completeExceptionally(failure);
                } else {
                    result.complete(connection);
                }
            });
        });
    }

    /** Sets a channel up; a failure closes it. */
    interface ChannelSetup {
        void accept(Channel channel) throws Exception;
    }

    static final class Initializer extends io.netty.channel.ChannelInitializer<Channel> {

        private final ChannelSetup setup;

        Initializer(ChannelSetup setup) {
            this.setup = setup;
        }

        @Override
        protected void initChannel(Channel channel) throws Exception {
            setup.accept(channel);
        }
    }
}
