package org.isthmus.component.conversation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One event a line, with fixed names: {@code event key=value …}. Any thread.
 *
 * <p>Repeated failures are summed: the first of its kind is written at once, those that follow within a minute are
 * counted, and the count is one more line. The kind is the event and whatever the caller calls its cause, so a flood
 * from one address cannot hide the first line about another. Bodies and secrets are never given to this class.
 */
public final class EventLog {

    private static final Logger LOG = LoggerFactory.getLogger("isthmus");

    /** For how long repetitions of one kind are counted instead of written. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final Cache<String, AtomicLong> repeated = Caffeine.newBuilder()
            .expireAfterWrite(WINDOW)
            .maximumSize(10_000)
            .scheduler(Scheduler.systemScheduler())
            .<String, AtomicLong>evictionListener((kind, count, cause) -> {
                if (count != null && count.get() > 0) {
                    LOG.atWarn()
                            .setMessage("repeated")
                            .addKeyValue("what", kind)
                            .addKeyValue("times", count.get())
                            .addKeyValue("seconds", WINDOW.toSeconds())
                            .log();
                }
            })
            .build();

    /** Something that is expected to happen: written always. Fields are name, value, name, value… */
    public void info(String event, Object... fields) {
        write(Level.INFO, event, fields);
    }

    /**
     * Something that went wrong: the first of its kind is written, repetitions are summed.
     *
     * @param cause what makes it the same kind: an address, a partner, a reason
     */
    public void problem(String event, String cause, Object... fields) {
        AtomicLong count = repeated.asMap().putIfAbsent(event + " " + cause, new AtomicLong());
        if (count == null) {
            write(Level.WARN, event, fields);
        } else {
            count.incrementAndGet();
        }
    }

    /** A defect of the program, with its stack trace: the first of its kind is written, repetitions are summed. */
    public void defect(String where, Throwable failure) {
        String cause = where + " " + failure.getClass().getName();
        AtomicLong count = repeated.asMap().putIfAbsent("defect " + cause, new AtomicLong());
        if (count == null) {
            LOG.atError()
                    .setMessage("defect")
                    .addKeyValue("where", where)
                    .setCause(failure)
                    .log();
        } else {
            count.incrementAndGet();
        }
    }

    private static void write(Level level, String event, Object... fields) {
        LoggingEventBuilder line = LOG.atLevel(level).setMessage(event);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            line = line.addKeyValue(String.valueOf(fields[i]), fields[i + 1]);
        }
        line.log();
    }
}
