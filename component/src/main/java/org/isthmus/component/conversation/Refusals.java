package org.isthmus.component.conversation;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.message.SipToMessage;

/**
 * The one place where the gateway refuses: wire answer, one log line with the correlation id, one counter. Any thread.
 */
public final class Refusals {

    /** How long a sender is asked to wait when the gateway or a neighbour cannot at the moment. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final EventLog log;
    private final MeterRegistry meters;

    public Refusals(EventLog log, MeterRegistry meters) {
        this.log = log;
        this.meters = meters;
    }

    /**
     * Refuses something that came from XMPP.
     *
     * @param lang the language of the stanza
     * @param trace the correlation id of the stanza
     * @param detail what exactly, safe to show; may be empty
     */
    public StanzaError toXmpp(Refusal refusal, Optional<String> lang, String trace, String detail) {
        note(refusal, "xmpp", trace, detail);
        return StanzaError.of(refusal.condition(), Texts.of(refusal.key(), lang, words(refusal, trace, detail)));
    }

    /**
     * Refuses something that came from SIP.
     *
     * @param lang the Content-Language of the request
     * @param trace the correlation id of the request
     * @param detail what exactly, safe to show; may be empty
     */
    public SipAnswer.Final toSip(Refusal refusal, Optional<String> lang, String trace, String detail) {
        note(refusal, "sip", trace, detail);
        return new SipAnswer.Final(
                refusal.status(),
                Texts.of(refusal.key(), lang, words(refusal, trace, detail)),
                refusal.status() == 480 ? Optional.of(RETRY_AFTER) : Optional.empty(),
                refusal.status() == 415 ? Optional.of(String.join(", ", SipToMessage.ACCEPT)) : Optional.empty());
    }

    private static String words(Refusal refusal, String trace, String detail) {
        return refusal == Refusal.DEFECT ? trace : detail;
    }

    private void note(Refusal refusal, String from, String trace, String detail) {
        meters.counter("isthmus.refusals", "reason", refusal.key(), "from", from)
                .increment();
        log.problem(
                "refused",
                refusal.key() + " " + from,
                "reason",
                refusal.key(),
                "from",
                from,
                "trace",
                trace,
                "detail",
                detail);
    }
}
