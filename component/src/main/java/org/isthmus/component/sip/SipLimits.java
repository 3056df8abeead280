package org.isthmus.component.sip;

import java.time.Duration;

/**
 * Every bound of the SIP edge, in one place.
 *
 * @param messageOctets largest SIP message taken in, head and body; larger ones are answered 513
 * @param headOctets largest head (start line and headers)
 * @param skippedOctets largest declared body that is read past to keep a TCP connection; beyond it the connection closes
 * @param connections TCP connections accepted on one listening point
 * @param connectionsPerAddress of those, from one source address
 * @param halfMessage how long a message on TCP may take from its first octet to its last
 * @param idle how long a TCP connection may say nothing at all
 * @param connect time to set up a TCP connection to a next hop
 * @param write how long one write to a TCP connection may block before the connection is closed
 * @param lookup time for the addresses of a next hop's name
 * @param udpBufferOctets socket buffers of a UDP point (the kernel may give less: net.core.rmem_max)
 * @param remember how long a request is known for what it is, 64*T1 (RFC 3261 §17.2.2, Timer J)
 * @param remembered requests known at one time; the oldest answered ones are forgotten first
 * @param unanswered requests that wait for an answer at one time; more are answered 503
 * @param answer how long the gateway itself may take before the edge answers 504
 * @param hopQueue requests waiting for one next hop
 * @param hopInFlight requests sent to one next hop and not answered yet
 * @param hopIdle after this long without work the thread of a next hop ends
 * @param breakerFailures transport failures in a row that open the circuit breaker of a next hop
 * @param breakerOpen how long it stays open the first time; doubles up to {@code breakerOpenMost}
 * @param breakerOpenMost longest time it stays open before it tries again
 * @param strangerAnswersPerSecond 403 answers to unlisted UDP sources; the rest is dropped and counted
 */
public record SipLimits(
        int messageOctets,
        int headOctets,
        int skippedOctets,
        int connections,
        int connectionsPerAddress,
        Duration halfMessage,
        Duration idle,
        Duration connect,
        Duration write,
        Duration lookup,
        int udpBufferOctets,
        Duration remember,
        int remembered,
        int unanswered,
        Duration answer,
        int hopQueue,
        int hopInFlight,
        Duration hopIdle,
        int breakerFailures,
        Duration breakerOpen,
        Duration breakerOpenMost,
        int strangerAnswersPerSecond) {

    /** Fits a gateway between two trusted networks on two cores. */
    public static final SipLimits DEFAULTS = new SipLimits(
            65_535,
            16_384,
            1 << 20,
            256,
            16,
            Duration.ofSeconds(10),
            Duration.ofHours(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Duration.ofSeconds(4),
            4 << 20,
            Duration.ofSeconds(32),
            400_000,
            20_000,
            Duration.ofSeconds(30),
            1_000,
            5_000,
            Duration.ofSeconds(60),
            3,
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            20);

    /** These limits with another bound on the size of a message. */
    public SipLimits withMessageOctets(int octets) {
        return new SipLimits(
                octets,
                headOctets,
                skippedOctets,
                connections,
                connectionsPerAddress,
                halfMessage,
                idle,
                connect,
                write,
                lookup,
                udpBufferOctets,
                remember,
                remembered,
                unanswered,
                answer,
                hopQueue,
                hopInFlight,
                hopIdle,
                breakerFailures,
                breakerOpen,
                breakerOpenMost,
                strangerAnswersPerSecond);
    }

    /** These limits with other bounds on accepted TCP connections. */
    public SipLimits withConnections(int all, int fromOneAddress) {
        return new SipLimits(
                messageOctets,
                headOctets,
                skippedOctets,
                all,
                fromOneAddress,
                halfMessage,
                idle,
                connect,
                write,
                lookup,
                udpBufferOctets,
                remember,
                remembered,
                unanswered,
                answer,
                hopQueue,
                hopInFlight,
                hopIdle,
                breakerFailures,
                breakerOpen,
                breakerOpenMost,
                strangerAnswersPerSecond);
    }
}
