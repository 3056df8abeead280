package org.isthmus.msrp.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.isthmus.msrp.transaction.ConnectionSettings;

/**
 * How an endpoint is reachable and how its connections are.
 *
 * @param listeners where connections are accepted; none for an endpoint that only connects
 * @param host what our URIs name: a host or address under which peers reach the listeners
 * @param advertisedPort port in our URIs instead of the one listened on, where a middlebox maps it
 * @param connection of every connection
 * @param connectTimeout for one address of a peer
 * @param maxAccepted accepted connections at a time; more are closed at once
 * @param sendBuffer SO_SNDBUF in octets, 0 for the system's choice. What lies in it can no longer be overtaken by a more
 *     urgent message.
 * @param receiveBuffer SO_RCVBUF in octets, 0 for the system's choice. What lies in it is not acknowledged, and a sender
 *     gives up after 30 s.
 * @param threads event loops
 */
public record EndpointConfig(
        List<Listener> listeners,
        String host,
        Optional<Integer> advertisedPort,
        ConnectionSettings connection,
        Duration connectTimeout,
        int maxAccepted,
        int sendBuffer,
        int receiveBuffer,
        int threads) {

    /**
     * A port.
     *
     * @param address with port 0 for any free one
     * @param secure whether only TLS is accepted there
     */
    public record Listener(InetSocketAddress address, boolean secure) {}

    public EndpointConfig {
        listeners = List.copyOf(listeners);
        if (threads < 1 || maxAccepted < 1) {
            throw new IllegalArgumentException(
                    "threads " + threads + ", maxAccepted " + maxAccepted + " (expected: 1 or more)");
        }
        if (listeners.stream().map(Listener::secure).distinct().count() != listeners.size()) {
            throw new IllegalArgumentException("listeners: (expected: at most one clear and one for TLS)");
        }
    }

    /** Nobody listens; 10 s to connect, 10,000 connections, 256 KiB and 256 KiB of socket buffers, one loop. */
    public static EndpointConfig defaults(String host) {
        return new EndpointConfig(
                List.of(),
                host,
                Optional.empty(),
                ConnectionSettings.defaults(),
                Duration.ofSeconds(10),
                10_000,
                256 * 1024,
                256 * 1024,
                1);
    }

    public EndpointConfig withListeners(List<Listener> changed) {
        return new EndpointConfig(
                changed,
                host,
                advertisedPort,
                connection,
                connectTimeout,
                maxAccepted,
                sendBuffer,
                receiveBuffer,
                threads);
    }

    /** With a clear listener at that address. */
    public EndpointConfig listening(InetSocketAddress address) {
        return withListeners(List.of(new Listener(address, false)));
    }

    public EndpointConfig withAdvertisedPort(int port) {
        return new EndpointConfig(
                listeners,
                host,
                Optional.of(port),
                connection,
                connectTimeout,
                maxAccepted,
                sendBuffer,
                receiveBuffer,
                threads);
    }

    public EndpointConfig withConnection(ConnectionSettings changed) {
        return new EndpointConfig(
                listeners,
                host,
                advertisedPort,
                changed,
                connectTimeout,
                maxAccepted,
                sendBuffer,
                receiveBuffer,
                threads);
    }

    public EndpointConfig withSocketBuffers(int send, int receive) {
        return new EndpointConfig(
                listeners, host, advertisedPort, connection, connectTimeout, maxAccepted, send, receive, threads);
    }

    public EndpointConfig withThreads(int loops) {
        return new EndpointConfig(
                listeners,
                host,
                advertisedPort,
                connection,
                connectTimeout,
                maxAccepted,
                sendBuffer,
                receiveBuffer,
                loops);
    }
}
