package org.isthmus.component.conversation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.isthmus.translation.message.MessageStanza;

/**
 * Tells XMPP senders what did not arrive, and sees to it that they get to know.
 *
 * <p>A report that could not be written, or that was written when the link broke, is written again once the link is
 * back: a repeated error for one stanza id is harmless, silence is not. Reports that wait are bounded; one over the bound
 * is logged. Any thread.
 */
public final class ErrorReports {

    /** First and longest pause before a report is tried again. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Reports that may wait for a link. */
    private static final int MAX_WAITING = 10_000;

    private final StanzaSink sink;
    private final EventLog log;
    private final AtomicInteger waiting = new AtomicInteger();

    public ErrorReports(StanzaSink sink, EventLog log) {
        this.sink = sink;
        this.log = log;
    }

    /**
     * Writes the error until the XMPP server has it.
     *
     * @param stripe runs the tries and {@code done}
     * @param done runs once, when the server has the report or nobody ever will
     */
    public void send(MessageStanza error, Stripe stripe, Runnable done) {
        attempt(error, stripe, done, FIRST_PAUSE);
    }

    /** Reports that wait for a link to come back. */
    public int waiting() {
        return waiting.get();
    }

    private void attempt(MessageStanza error, Stripe stripe, Runnable done, Duration pause) {
        sink.send(
                error,
                outcome -> stripe.control(() -> {
                    switch (outcome) {
                        case CONSUMED -> done.run();
                        case TOO_LARGE -> giveUp(error, "too-large", done);
                        case LOST, LINK_DOWN, LINK_FULL -> {
                            if (waiting.incrementAndGet() > MAX_WAITING) {
                                waiting.decrementAndGet();
                                giveUp(error, "too-many-waiting", done);
                                return;
                            }
                            stripe.after(pause, () -> {
                                waiting.decrementAndGet();
                                Duration doubled = pause.multipliedBy(2);
                                attempt(
                                        error,
                                        stripe,
                                        done,
                                        doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled);
                            });
                        }
                    }
                }));
    }

    private void giveUp(MessageStanza error, String why, Runnable done) {
        log.problem(
                "report-lost",
                why,
                "why",
                why,
                "to",
                error.to(),
                "id",
                error.id().orElse(""));
        done.run();
    }
}
