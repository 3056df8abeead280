package org.isthmus.component.xmpp.stanza;

import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.isthmus.component.conversation.TaskFailures;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.xml.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * The one answer that a received IQ waits for. Any thread; the first answer goes out, a second is a defect and is
 * reported. When none came in time, an error has gone out, and what comes later is that second answer.
 */
public final class IqAnswer {

    private final Envelope envelope;
    private final Consumer<WireStanza> out;
    private final TaskFailures failures;
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile @Nullable Future<?> timer;

    IqAnswer(Envelope envelope, Consumer<WireStanza> out, TaskFailures failures) {
        this.envelope = envelope;
        this.out = out;
        this.failures = failures;
    }

    /** A result without content. */
    public void result() {
        give(WireStanza.of(envelope.answer("result").build()));
    }

    /** A result. */
    public void result(XmlElement payload) {
        give(WireStanza.of(envelope.answer("result").child(payload).build()));
    }

    /** An error. */
    public void error(StanzaError error) {
        give(envelope.toError(error));
    }

    /** An error with its default type and no words. */
    public void error(StanzaCondition condition) {
        error(StanzaError.of(condition));
    }

    /** Whether an answer has gone out. */
    public boolean given() {
        return given.get();
    }

    /** The error for a responder that let its time pass; nothing when it has answered. */
    void late(StanzaError error) {
        if (given.compareAndSet(false, true)) {
            out.accept(envelope.toError(error));
        }
    }

    /** Sets what will call {@link #late}; it is cancelled by an answer. */
    void timer(Future<?> lateness) {
        timer = lateness;
        if (given.get()) {
            lateness.cancel(false);
        }
    }

    private void give(WireStanza answer) {
        if (given.compareAndSet(false, true)) {
            Future<?> lateness = timer;
            if (lateness != null) {
                lateness.cancel(false);
            }
            out.accept(answer);
        } else {
            failures.failed("second answer to an IQ", new IllegalStateException("already answered"));
        }
    }
}
