package org.isthmus.component.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipProvider;
import javax.sip.TransportNotSupportedException;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipInbound;
import org.isthmus.component.conversation.SipSender;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipEndpointSettings;
import org.isthmus.component.sip.SipPoint;
import org.isthmus.component.sip.SipTimers;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.auth.Credentials;
import org.isthmus.component.sip.framing.TagStamp;
import org.isthmus.component.sip.receive.Inbound;
import org.isthmus.component.sip.record.LoopMark;
import org.isthmus.component.sip.route.Departure;
import org.isthmus.component.sip.route.HopAddresses;
import org.isthmus.component.sip.route.MessageSender;
import org.isthmus.component.sip.route.SentMessages;
import org.isthmus.component.sip.wire.WireContext;
import org.jspecify.annotations.Nullable;

/**
 * The SIP edge, put together: listening points, rules for what comes in, lines to next hops.
 *
 * <pre>
 *  socket -> UdpPoint | TcpConnection   frame, parse, refuse        one thread a UDP point, one a TCP connection
 *            -> Inbound                 rules, known requests       the same thread
 *               -> SipInbound           enqueue                     the same thread
 *  SipAnswer -> Strand -> socket        answers                     sip-out
 *  SipSender -> HopLine -> JAIN-SIP client transaction -> socket    sip-out
 * </pre>
 *
 * <p>JAIN-SIP gives the grammar, client transactions and, later, dialogs. Its transports and its server transactions for
 * requests outside dialogs are replaced; {@link StackPoints} and {@code ReceivedRequests} say why.
 *
 * <p>Threads are daemons and end with {@link #close}. {@code start} and {@code close} belong to one thread.
 */
public final class SipEndpoint implements AutoCloseable {

    /** How long answers and refusals that are queued at the end may take to leave. */
    private static final int LAST_WRITES_SECONDS = 2;

    private static final AtomicInteger STACKS = new AtomicInteger();

    /** An address cannot be listened on, or the settings make no sense; the message is for the operator. */
    public static final class StartException extends Exception {
        private static final long serialVersionUID = 1L;

        StartException(String words, Exception cause) {
            super(words, cause);
        }

        StartException(String words) {
            super(words);
        }
    }

    private final String stackName;
    private final SipStackImpl stack;
    private final Inbound inbound;
    private final MessageSender sender;
    private final Runnable endTimers;
    private final ThreadPoolExecutor out;
    private final ThreadPoolExecutor lookup;
    private final List<Departure> departures;

    private SipEndpoint(
            String stackName,
            SipStackImpl stack,
            Inbound inbound,
            MessageSender sender,
            Runnable endTimers,
            ThreadPoolExecutor out,
            ThreadPoolExecutor lookup,
            List<Departure> departures) {
        this.stackName = stackName;
        this.stack = stack;
        this.inbound = inbound;
        this.sender = sender;
        this.endTimers = endTimers;
        this.out = out;
        this.lookup = lookup;
        this.departures = departures;
    }

    /**
     * Binds every point, then serves.
     *
     * @param receiver gets the MESSAGE requests
     * @throws StartException when a point cannot be bound; nothing is left open then
     */
    public static SipEndpoint start(
            SipEndpointSettings settings, PartnerView partners, SipInbound receiver, EventLog log, MeterRegistry meters)
            throws StartException {
        SystemTimers timers = new SystemTimers(log);
        try {
            return start(settings, partners, Credentials.none(), receiver, log, meters, timers, timers::close);
        } catch (StartException | RuntimeException failed) {
            timers.close();
            throw failed;
        }
    }

    /** As above, with credentials for next hops that ask for them. */
    public static SipEndpoint start(
            SipEndpointSettings settings,
            PartnerView partners,
            Credentials credentials,
            SipInbound receiver,
            EventLog log,
            MeterRegistry meters)
            throws StartException {
        SystemTimers timers = new SystemTimers(log);
        try {
            return start(settings, partners, credentials, receiver, log, meters, timers, timers::close);
        } catch (StartException | RuntimeException failed) {
            timers.close();
            throw failed;
        }
    }

    /** As above on a clock of the caller's, who also ends it: {@code endTimers} runs when the endpoint has closed. */
    public static SipEndpoint start(
            SipEndpointSettings settings,
            PartnerView partners,
            Credentials credentials,
            SipInbound receiver,
            EventLog log,
            MeterRegistry meters,
            SipTimers timers,
            Runnable endTimers)
            throws StartException {
        String stackName = "isthmus-" + STACKS.incrementAndGet();
        ThreadPoolExecutor out = pool("sip-out", settings.limits().hopIdle().toSeconds());
        ThreadPoolExecutor lookup = pool("lookup-io", 30);
        SecureRandom seed = new SecureRandom();
        LoopMark random = new LoopMark(seed);
        TagStamp stamp = new TagStamp(seed);
        Inbound inbound = new Inbound(receiver, partners, settings, timers, random, stamp, log, meters);
        WireContext context = new WireContext(partners, inbound, settings.limits(), timers, log, out, stamp);
        StackHooks hooks = new StackHooks(context, timers, new ArrayDeque<>(), new ArrayDeque<>());
        StackHooks.put(stackName, hooks);
        SipStackImpl stack = null;
        try {
            List<Integer> ports = bind(settings, hooks, log);
            stack = SipThreads.create(StackProperties.of(stackName, settings.limits()));
            SentMessages sent = new SentMessages(log);
            List<Departure> departures = new ArrayList<>();
            for (int i = 0; i < ports.size(); i++) {
                departures.add(open(stack, sent, settings.listen().get(i), ports.get(i)));
            }
            SipThreads.endEventScanner();
            HopAddresses addresses = new HopAddresses(
                    host -> List.of(InetAddress.getAllByName(host)), lookup, settings.limits(), timers);
            MessageSender sender = new MessageSender(
                    partners,
                    departures,
                    addresses,
                    sent,
                    settings.limits(),
                    timers,
                    random,
                    settings.agent(),
                    credentials,
                    log,
                    out);
            return new SipEndpoint(stackName, stack, inbound, sender, endTimers, out, lookup, List.copyOf(departures));
        } catch (StartException | RuntimeException failed) {
            release(stackName, stack, hooks, inbound, out, lookup);
            throw failed;
        } catch (PeerUnavailableException
                | InvalidArgumentException
                | TransportNotSupportedException
                | ObjectInUseException
                | java.util.TooManyListenersException failed) {
            release(stackName, stack, hooks, inbound, out, lookup);
            throw new StartException("the SIP stack does not start", failed);
        }
    }

    /** The port to partners. */
    public SipSender sender() {
        return sender;
    }

    /** The bound port of the n-th point of the settings, which chose it when they said 0. */
    public int port(int point) {
        return departures.get(point).port();
    }

    /**
     * Lets queued answers leave, stops listening, ends what is unanswered as unknown, ends the threads. Every outcome has
     * been told when this returns, save those of a connection attempt that hangs: they follow when it ends.
     */
    @Override
    public void close() {
        sender.stop();
        inbound.stop();
        out.shutdown();
        try {
            out.awaitTermination(LAST_WRITES_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        SipThreads.stop(stack);
        sender.tellUnknown();
        StackHooks.remove(stackName);
        lookup.shutdownNow();
        endTimers.run();
    }

    private static void release(
            String stackName,
            @Nullable SipStackImpl stack,
            StackHooks hooks,
            Inbound inbound,
            ExecutorService out,
            ExecutorService lookup) {
        inbound.stop();
        if (stack != null) {
            SipThreads.stop(stack);
        }
        hooks.udp().forEach(DatagramSocket::close);
        hooks.tcp().forEach(socket -> {
            try {
                socket.close();
            } catch (IOException alreadyGone) {
                // nothing is left to close
            }
        });
        StackHooks.remove(stackName);
        out.shutdownNow();
        lookup.shutdownNow();
    }

    /** Binds all sockets first: either every point is there, or none. */
    private static List<Integer> bind(SipEndpointSettings settings, StackHooks hooks, EventLog log)
            throws StartException {
        List<Integer> ports = new ArrayList<>();
        for (SipPoint point : settings.listen()) {
            if (point.address().isAnyLocalAddress() && point.advertise().isEmpty()) {
                throw new StartException("listen " + name(point)
                        + ": a wildcard address needs \"advertise\", the name or address that partners see");
            }
            try {
                if (point.transport() == SipTransport.UDP) {
                    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(point.address(), point.port()));
                    hooks.udp().add(socket);
                    buffers(socket, settings, log);
                    ports.add(socket.getLocalPort());
                } else {
                    ServerSocket socket = new ServerSocket();
                    hooks.tcp().add(socket);
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(point.address(), point.port()), 128);
                    ports.add(socket.getLocalPort());
                }
            } catch (IOException refused) {
                throw new StartException("cannot listen on " + name(point) + ": " + refused.getMessage(), refused);
            }
        }
        return ports;
    }

    private static void buffers(DatagramSocket socket, SipEndpointSettings settings, EventLog log)
            throws SocketException {
        int wanted = settings.limits().udpBufferOctets();
        socket.setReceiveBufferSize(wanted);
        socket.setSendBufferSize(wanted);
        if (socket.getReceiveBufferSize() < wanted) {
            log.info(
                    "sip.udp.buffer",
                    "wanted",
                    wanted,
                    "given",
                    socket.getReceiveBufferSize(),
                    "advice",
                    "raise net.core.rmem_max for bursts");
        }
    }

    private static Departure open(SipStackImpl stack, SentMessages sent, SipPoint point, int port)
            throws InvalidArgumentException, TransportNotSupportedException, ObjectInUseException,
                    java.util.TooManyListenersException {
        String address = point.address().getHostAddress();
        ListeningPoint listening =
                stack.createListeningPoint(address, port, point.transport().token());
        SipProvider provider = stack.createSipProvider(listening);
        provider.addSipListener(sent);
        String host = point.advertise().orElse(address);
        return new Departure(
                point.transport(),
                point.address(),
                point.address() instanceof Inet6Address && !host.startsWith("[") && host.contains(":")
                        ? "[" + host + "]"
                        : host,
                port,
                provider);
    }

    private static String name(SipPoint point) {
        return point.transport().token() + " " + point.address().getHostAddress() + ":" + point.port();
    }

    /** As many threads as there is work at one time: strands and names to look up are bounded, and each takes one. */
    private static ThreadPoolExecutor pool(String name, long idleSeconds) {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, idleSeconds, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }
}
