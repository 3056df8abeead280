package org.isthmus.msrp.session;

import java.time.Duration;
import java.util.List;
import org.isthmus.msrp.message.IncomingLimits;
import org.isthmus.msrp.transaction.BandwidthLimit;

/**
 * How a session is on our side.
 *
 * @param secure whether its URI is {@code msrps}; then nothing but TLS is accepted or opened for it
 * @param acceptTypes what we take; other messages are refused with 415
 * @param incoming limits of what comes in
 * @param chunkOctets body of one chunk: 64 KiB serves everybody but receivers that cannot read chunks; 0 for one SEND
 * @param windowOctets how much of a source is taken before it is sent
 * @param limits caps on octets per second, of this session or shared with others
 * @param connectLimit how long a connection may take to come about
 * @param idleLimit without messages for so long {@link SessionHandler#onIdle} is called; zero: never
 * @param reportWhenWhole whether a success REPORT, where asked for, leaves as soon as the octets are complete; otherwise
 *     when the application says {@code succeed}
 * @param shareConnection whether a connection to the same peer may be shared with other sessions (RFC 4975 §5.4); a
 *     session whose taker is slow is better alone, because reading stops for all on its connection
 */
public record SessionConfig(
        boolean secure,
        MediaTypes acceptTypes,
        IncomingLimits incoming,
        int chunkOctets,
        int windowOctets,
        List<BandwidthLimit> limits,
        Duration connectLimit,
        Duration idleLimit,
        boolean reportWhenWhole,
        boolean shareConnection) {

    public SessionConfig {
        limits = List.copyOf(limits);
        if (chunkOctets < 0 || windowOctets < 2048) {
            throw new IllegalArgumentException(
                    "chunkOctets " + chunkOctets + ", windowOctets " + windowOctets + " (expected: 0, 2048 or more)");
        }
    }

    /** Clear, everything accepted, 64 KiB chunks, 128 KiB window, 30 s, 10 min, reports by hand, shared. */
    public static SessionConfig defaults() {
        return new SessionConfig(
                false,
                MediaTypes.ANY,
                IncomingLimits.defaults(),
                64 * 1024,
                128 * 1024,
                List.of(),
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                false,
                true);
    }

    public SessionConfig withSecure(boolean changed) {
        return new SessionConfig(
                changed,
                acceptTypes,
                incoming,
                chunkOctets,
                windowOctets,
                limits,
                connectLimit,
                idleLimit,
                reportWhenWhole,
                shareConnection);
    }

    public SessionConfig withAcceptTypes(MediaTypes types) {
        return new SessionConfig(
                secure,
                types,
                incoming,
                chunkOctets,
                windowOctets,
                limits,
                connectLimit,
                idleLimit,
                reportWhenWhole,
                shareConnection);
    }

    public SessionConfig withIncoming(IncomingLimits changed) {
        return new SessionConfig(
                secure,
                acceptTypes,
                changed,
                chunkOctets,
                windowOctets,
                limits,
                connectLimit,
                idleLimit,
                reportWhenWhole,
                shareConnection);
    }

    public SessionConfig withChunkOctets(int octets) {
        return new SessionConfig(
                secure,
                acceptTypes,
                incoming,
                octets,
                windowOctets,
                limits,
                connectLimit,
                idleLimit,
                reportWhenWhole,
                shareConnection);
    }

    public SessionConfig withLimits(List<BandwidthLimit> caps) {
        return new SessionConfig(
                secure,
                acceptTypes,
                incoming,
                chunkOctets,
                windowOctets,
                caps,
                connectLimit,
                idleLimit,
                reportWhenWhole,
                shareConnection);
    }

    public SessionConfig withReportWhenWhole(boolean atOnce) {
        return new SessionConfig(
                secure,
                acceptTypes,
                incoming,
                chunkOctets,
                windowOctets,
                limits,
                connectLimit,
                idleLimit,
                atOnce,
                shareConnection);
    }

    public SessionConfig withShareConnection(boolean shared) {
        return new SessionConfig(
                secure,
                acceptTypes,
                incoming,
                chunkOctets,
                windowOctets,
                limits,
                connectLimit,
                idleLimit,
                reportWhenWhole,
                shared);
    }
}
