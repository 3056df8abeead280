package org.isthmus.component.sip.wire;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.wire.WireHandler.Refused;

/**
 * A TCP listening point. Its thread only accepts: a source that is no partner's, or one connection too many, is closed at
 * once and never gets a thread; the accept loop itself waits for nobody. Each connection has one reading thread.
 *
 * <p>Connections that the gateway opens to next hops belong here too, one for each address and port.
 */
public final class TcpPoint extends MessageProcessor {

    private static final Duration ACCEPT_PAUSE = Duration.ofMillis(100);

    private final ServerSocket socket;
    private final WireContext context;
    private final Map<String, TcpConnection> outgoing = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new HashMap<>(); // guarded by itself, as is accepted
    private final java.util.Set<TcpConnection> accepted = new java.util.HashSet<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** @param socket bound already; owned by this point from now on */
    public TcpPoint(SIPTransactionStack stack, ServerSocket socket, WireContext context) {
        super(socket.getInetAddress(), socket.getLocalPort(), "tcp", stack);
        this.socket = socket;
        this.context = context;
    }

    @Override
    public void start() {
        Thread acceptor = new Thread(this::accept, "sip-tcp-accept-" + getPort());
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @Override
    public void stop() {
        stopped.set(true);
        closeQuietly(socket);
        List<TcpConnection> open;
        synchronized (perAddress) {
            open = List.copyOf(accepted);
        }
        open.forEach(TcpConnection::close);
        List.copyOf(outgoing.values()).forEach(TcpConnection::close);
    }

    private void accept() {
        while (!stopped.get()) {
            Socket peer;
            try {
                peer = socket.accept();
            } catch (IOException closedOrNoDescriptors) {
                pause();
                continue;
            }
            accepted(peer);
        }
    }

    private void accepted(Socket peer) {
        InetAddress source = peer.getInetAddress();
        Optional<String> partner = context.partners().partnerOf(source);
        if (partner.isEmpty()) {
            closeQuietly(peer);
            context.handler().onRefused(Refused.STRANGER, SipTransport.TCP, source, "source address of no partner");
            return;
        }
        TcpConnection connection = new TcpConnection(this, peer, partner.get(), context);
        synchronized (perAddress) {
            int already = perAddress.getOrDefault(source, 0);
            if (stopped.get()
                    || already >= context.limits().connectionsPerAddress()
                    || accepted.size() >= context.limits().connections()) {
                closeQuietly(peer);
                context.handler()
                        .onRefused(Refused.CONNECTIONS, SipTransport.TCP, source, already + " connections open");
                return;
            }
            perAddress.put(source, already + 1);
            accepted.add(connection);
        }
        connection.read();
    }

    /** Called once by a connection when it has closed. */
    void closed(TcpConnection connection) {
        outgoing.remove(connection.getKey(), connection);
        synchronized (perAddress) {
            if (accepted.remove(connection)) {
                perAddress.computeIfPresent(
                        connection.peerAddress(), (address, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws UnknownHostException {
        return createMessageChannel(target.getInetAddress(), target.getPort());
    }

    /** The connection to a next hop, open or yet to be opened by the first write. */
    @Override
    public MessageChannel createMessageChannel(InetAddress host, int port) {
        String key = MessageChannel.getKey(host, port, "TCP");
        return outgoing.compute(
                key,
                (same, open) -> open != null && !open.isClosed() ? open : new TcpConnection(this, host, port, context));
    }

    /** Whether the point has been stopped; a connection does not open then. */
    boolean isStopped() {
        return stopped.get();
    }

    /** No descriptors left, say: the loop must not burn a core until some are free. */
    private void pause() {
        if (!stopped.get()) {
            LockSupport.parkNanos(this, ACCEPT_PAUSE.toNanos());
        }
    }

    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception alreadyGone) {
            // nothing is left to close
        }
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return sipStack;
    }

    @Override
    public int getDefaultTargetPort() {
        return 5060;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

    @Override
    public int getMaximumMessageSize() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean inUse() {
        return !stopped.get();
    }
}
