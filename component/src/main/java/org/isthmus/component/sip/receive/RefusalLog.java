package org.isthmus.component.sip.receive;

import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.sip.wire.WireHandler.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One log line for a refusal, and one sum for those that follow it in the same period: a flood must not fill the disk. Any
 * thread.
 */
final class RefusalLog {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private record Last(SipTransport transport, InetAddress source, String words, long more) {}

    private final Map<Refused, Last> period = new EnumMap<>(Refused.class); // guarded by itself

    /** The first of a period is told at once, the rest is counted. */
    void refused(Refused why, SipTransport transport, InetAddress source, String words) {
        synchronized (period) {
            Last last = period.get(why);
            if (last != null) {
                period.put(why, new Last(transport, source, words, last.more() + 1));
                return;
            }
            period.put(why, new Last(transport, source, words, 0));
        }
        log.warn("sip.refused why={} transport={} source={} \"{}\"", why, transport, source.getHostAddress(), words);
    }

    /** Ends the period: tells the sums. Call every ten seconds or so. */
    void sum() {
        Map<Refused, Last> ended;
        synchronized (period) {
            ended = new EnumMap<>(period);
            period.clear();
        }
        ended.forEach((why, last) -> {
            if (last.more() > 0) {
                log.warn(
                        "sip.refused.more why={} count={} last-transport={} last-source={} \"{}\"",
                        why,
                        last.more(),
                        last.transport(),
                        last.source().getHostAddress(),
                        last.words());
            }
        });
    }
}
