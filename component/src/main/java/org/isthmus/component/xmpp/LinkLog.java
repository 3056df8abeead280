package org.isthmus.component.xmpp;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.xmpp.stream.LinkDown;
import org.isthmus.component.xmpp.stream.LinkListener;
import org.isthmus.component.xmpp.stream.LinkSettings;

/** Links in the log and the metrics. Any thread. */
final class LinkLog implements LinkListener {

    private final EventLog log;
    private final MeterRegistry meters;
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();

    LinkLog(EventLog log, MeterRegistry meters) {
        this.log = log;
        this.meters = meters;
    }

    /** Makes the gauge of a link, which shows 0 until it is up. */
    void watch(LinkSettings link) {
        up.put(link.domain(), false);
        Gauge.builder("isthmus.xmpp.link.up", () -> up.getOrDefault(link.domain(), false) ? 1 : 0)
                .tag("domain", link.domain())
                .register(meters);
    }

    @Override
    public void onUp(LinkSettings link) {
        up.put(link.domain(), true);
        log.info(
                "xmpp-link-up",
                "domain",
                link.domain(),
                "server",
                link.server().name().toLowerCase(Locale.ROOT),
                "host",
                link.host(),
                "port",
                link.port());
    }

    @Override
    public void onDown(LinkSettings link, LinkDown why, Duration retryIn) {
        up.put(link.domain(), false);
        String cause = why.condition().orElse(why.cause().name().toLowerCase(Locale.ROOT));
        meters.counter("isthmus.xmpp.link.ended", "domain", link.domain(), "cause", cause)
                .increment();
        if (why.cause() == LinkDown.Cause.CLOSED) {
            log.info("xmpp-link-closed", "domain", link.domain());
        } else {
            log.problem(
                    "xmpp-link-down",
                    link.domain() + " " + cause,
                    "domain",
                    link.domain(),
                    "cause",
                    cause,
                    "why",
                    why.words(),
                    "retry_s",
                    retryIn.toMillis() / 1000.0);
        }
    }

    @Override
    public void onOddity(LinkSettings link, String words) {
        log.problem("xmpp-link-odd", link.domain() + " " + words, "domain", link.domain(), "what", words);
    }
}
