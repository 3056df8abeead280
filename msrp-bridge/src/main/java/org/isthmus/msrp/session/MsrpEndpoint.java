package org.isthmus.msrp.session;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.isthmus.msrp.codec.MsrpDecoder;
import org.isthmus.msrp.codec.MsrpIds;
import org.isthmus.msrp.frame.MsrpRequest;
import org.isthmus.msrp.frame.MsrpStatus;
import org.isthmus.msrp.frame.MsrpUri;
import org.isthmus.msrp.tls.MsrpTls;
import org.isthmus.msrp.tls.PeerVerification;
import org.isthmus.msrp.transaction.ConnectionEnd;
import org.isthmus.msrp.transaction.MsrpConnection;
import org.isthmus.msrp.transaction.MsrpTimers;
import org.isthmus.msrp.transaction.RequestRouter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for MSRP connections on one fixed port (one more for TLS), opens others, and knows the sessions. One for a
 * process is enough; several do not disturb each other. Safe for several threads.
 */
public final class MsrpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MsrpEndpoint.class);
    /** The port recommended by RFC 4975 §15.4: in URIs of an endpoint that does not listen. */
    private static final int RECOMMENDED_PORT = 2855;

    private final EndpointConfig config;
    private final Optional<MsrpTls> tls;
    private final MsrpTimers timers;
    private final MsrpIds ids;
    private final EventLoopGroup group;
    private final EventExecutor control;
    private final Dialler dialler;
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Map<String, MsrpSession> sessions = new ConcurrentHashMap<>();
    private final Host host = new Host();
    /** Host names are looked up by a call that blocks. */
    private final ThreadPoolExecutor lookups = new ThreadPoolExecutor(
            2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DefaultThreadFactory("msrp-lookup", true));

    private int clearPort;
    private int securePort;

    private MsrpEndpoint(
            EndpointConfig config,
            Optional<MsrpTls> tls,
            MsrpTimers timers,
            SecureRandom random,
            @Nullable HostResolver resolver) {
        this.config = config;
        this.tls = tls;
        this.timers = timers;
        this.ids = new MsrpIds(random);
        this.group = new MultiThreadIoEventLoopGroup(
                config.threads(), new DefaultThreadFactory("msrp-io", true), NioIoHandler.newFactory());
        this.control = group.next();
        this.lookups.allowCoreThreadTimeOut(true);
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.connectTimeout().toMillis());
        this.dialler = new Dialler(
                bootstrap, group, resolver == null ? HostResolver.system(lookups) : resolver, this::prepareDialled);
    }

    /**
     * Starts an endpoint with the clock and resolver of the machine.
     *
     * @param tls absent: nothing secure can be listened for, accepted or opened
     * @throws IOException when a port cannot be had
     */
    public static MsrpEndpoint start(EndpointConfig config, Optional<MsrpTls> tls) throws IOException {
        return start(config, tls, MsrpTimers.system(), new SecureRandom(), null);
    }

    /**
     * Starts an endpoint with a clock, a source of random numbers and a resolver of its own.
     *
     * @param resolver null for that of the machine
     */
    public static MsrpEndpoint start(
            EndpointConfig config,
            Optional<MsrpTls> tls,
            MsrpTimers timers,
            SecureRandom random,
            @Nullable HostResolver resolver)
            throws IOException {
        MsrpEndpoint endpoint = new MsrpEndpoint(config, tls, timers, random, resolver);
        try {
            endpoint.listen();
        } catch (IOException e) {
            endpoint.close();
            throw e;
        }
        return endpoint;
    }

    private void listen() throws IOException {
        for (EndpointConfig.Listener listener : config.listeners()) {
            if (listener.secure() && tls.isEmpty()) {
                throw new IOException("listener " + listener.address() + " is for TLS and there is no certificate");
            }
            ServerBootstrap bootstrap = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childHandler(new Dialler.Initializer(channel -> prepareAccepted(channel, listener.secure())));
            if (config.receiveBuffer() > 0) {
                // Before the connection is accepted, or the window scale is decided without it.
                bootstrap.option(ChannelOption.SO_RCVBUF, config.receiveBuffer());
            }
            var binding = bootstrap.bind(listener.address()).awaitUninterruptibly();
            if (!binding.isSuccess()) {
                throw new IOException("cannot listen on " + listener.address(), binding.cause());
            }
            channels.add(binding.channel());
            int port = ((InetSocketAddress) binding.channel().localAddress()).getPort();
            if (listener.secure()) {
                securePort = port;
            } else {
                clearPort = port;
            }
            LOG.info(
                    "MSRP{} listens on {}",
                    listener.secure() ? "S" : "",
                    binding.channel().localAddress());
        }
    }

    // ---- sessions ---------------------------------------------------------------------------------------------------

    /** Reserves a session: its URI may be told to the other side from now on. */
    public MsrpSession newSession(SessionConfig session, SessionHandler handler) {
        return register(session, handler, null);
    }

    /** Reserves a session behind relays that have been authorised for it. */
    public MsrpSession newSession(SessionConfig session, SessionHandler handler, RelayPath relay, MsrpUri localUri) {
        MsrpSession created = new MsrpSession(host, session, handler, localUri, relay);
        sessions.put(created.sessionId(), created);
        return created;
    }

    private MsrpSession register(SessionConfig session, SessionHandler handler, @Nullable RelayPath relay) {
        MsrpSession created = new MsrpSession(host, session, handler, newLocalUri(session.secure()), relay);
        sessions.put(created.sessionId(), created);
        return created;
    }

    /** A fresh URI of ours, as authorisation with a relay needs before there is a session. */
    public MsrpUri newLocalUri(boolean secure) {
        return MsrpUri.of(secure, config.host(), port(secure), ids.sessionId());
    }

    /** Port in our URIs: the one listened on, or the one that a middlebox maps to it. */
    public int port(boolean secure) {
        int listening = secure ? securePort : clearPort;
        return config.advertisedPort().orElse(listening == 0 ? RECOMMENDED_PORT : listening);
    }

    /** Sessions reserved or in use. */
    public int sessionCount() {
        return sessions.size();
    }

    /** Sessions over TLS with somebody whose identity was not checked: for health reports. */
    public long unverifiedSessions() {
        return sessions.values().stream().filter(MsrpSession::isUnverified).count();
    }

    /** Whether sessions can be secure. */
    public boolean hasTls() {
        return tls.isPresent();
    }

    /** Our certificate and trust store, if there are any. */
    public Optional<MsrpTls> tls() {
        return tls;
    }

    public EndpointConfig config() {
        return config;
    }

    public MsrpTimers timers() {
        return timers;
    }

    /**
     * A connection to the host of the URI, an open one where that may be shared.
     *
     * @param address where to connect instead of the URI's host and port
     * @return fails with {@link IOException}
     */
    public CompletionStage<MsrpConnection> dial(
            MsrpUri next, Optional<InetSocketAddress> address, PeerVerification verification, boolean shared) {
        return dialler.dial(next, address, verification, shared);
    }

    // ---- channels ---------------------------------------------------------------------------------------------------

    private void prepareAccepted(Channel channel, boolean secure) {
        if (accepted.size() >= config.maxAccepted()) {
            LOG.warn("MSRP connection from {} refused: {} are open", channel.remoteAddress(), accepted.size());
            channel.close().addListener(closed -> LOG.trace("closed"));
            return;
        }
        accepted.add(channel);
        if (secure) {
            channel.pipeline().addLast(tls.orElseThrow().serverHandler(channel.alloc()));
        }
        add(channel, secure, true);
    }

    private MsrpConnection prepareDialled(
            Channel channel, boolean secure, String to, int port, PeerVerification verification) throws SSLException {
        if (secure) {
            MsrpTls own = tls.orElseThrow(() -> new SSLException("TLS is asked for and there is no certificate"));
            channel.pipeline().addLast(own.clientHandler(channel.alloc(), to, port, verification));
        }
        return add(channel, secure, false);
    }

    private MsrpConnection add(Channel channel, boolean secure, boolean isAccepted) {
        channels.add(channel);
        int batch = config.connection().batchOctets();
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(batch / 2, batch));
        if (config.sendBuffer() > 0) {
            channel.config().setOption(ChannelOption.SO_SNDBUF, config.sendBuffer());
        }
        if (config.receiveBuffer() > 0) {
            channel.config().setOption(ChannelOption.SO_RCVBUF, config.receiveBuffer());
        }
        MsrpUri device = MsrpUri.of(secure, config.host(), port(secure), "");
        MsrpConnection connection =
                new MsrpConnection(config.connection(), timers, ids, this::route, device, isAccepted);
        channel.pipeline().addLast(new MsrpDecoder(config.connection().limits()), connection);
        return connection;
    }

    private RequestRouter.Route route(MsrpConnection connection, MsrpRequest head) {
        MsrpSession session = sessions.get(head.toPath().get(0).sessionId().orElse(""));
        return session == null ? new RequestRouter.Route.Refused(MsrpStatus.NO_SESSION) : session.offer(connection);
    }

    /** Ends all sessions and connections and waits, for a few seconds at most, until their threads are done. */
    @Override
    public void close() {
        sessions.values().forEach(session -> session.close("the endpoint closes"));
        channels.stream()
                .map(channel -> channel.pipeline().get(MsrpConnection.class))
                .filter(java.util.Objects::nonNull)
                .forEach(connection -> connection
                        .loop()
                        .execute(() ->
                                connection.close(new ConnectionEnd(ConnectionEnd.Kind.CLOSED, "the endpoint closes"))));
        channels.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        lookups.shutdownNow();
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    private final class Host implements SessionHost {

        @Override
        public CompletionStage<MsrpConnection> dial(
                MsrpUri next, Optional<InetSocketAddress> address, PeerVerification verification, boolean shared) {
            return dialler.dial(next, address, verification, shared);
        }

        @Override
        public void forget(MsrpSession session) {
            sessions.remove(session.sessionId(), session);
        }

        @Override
        public MsrpIds ids() {
            return ids;
        }

        @Override
        public MsrpTimers timers() {
            return timers;
        }

        @Override
        public EventExecutor controlLoop() {
            return control;
        }
    }
}
