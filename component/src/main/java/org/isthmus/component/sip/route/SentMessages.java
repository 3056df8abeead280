package org.isthmus.component.sip.route;

import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sip.ClientTransaction;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.AcceptHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.RetryAfterHeader;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.SipSender.Outcome;
import org.isthmus.component.sip.record.RequestToRecord;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;

/**
 * Requests that wait for their final response, by branch. Each outcome is told once: whoever takes the entry out tells it.
 * JAIN-SIP's listener; called on receiving and timer threads.
 */
public final class SentMessages implements SipListener {

    private final EventLog log;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** Whom to tell, and who may answer a challenge instead. */
    private record Waiting(Consumer<Outcome> outcome, Predicate<SIPResponse> answersChallenge) {}

    public SentMessages(EventLog log) {
        this.log = log;
    }

    /**
     * The outcome of the request with this branch will be told to the consumer.
     *
     * @param answersChallenge is shown a 401 or 407 first; true: it sends the request again and the outcome is that one's
     */
    void expect(String branch, Consumer<Outcome> outcome, Predicate<SIPResponse> answersChallenge) {
        waiting.put(branch, new Waiting(outcome, answersChallenge));
    }

    /**
     * Takes the entry out again: the request did not leave.
     *
     * @return false when its outcome was told already
     */
    boolean forget(String branch) {
        return waiting.remove(branch) != null;
    }

    /** Ends every request that still waits: it may or may not have arrived. */
    public void stop() {
        List.copyOf(waiting.keySet()).forEach(branch -> tell(branch, new Outcome.TimedOut()));
    }

    private void tell(String branch, Outcome outcome) {
        Waiting to = waiting.remove(branch);
        if (to != null) {
            tell(to, outcome);
        }
    }

    private void tell(Waiting to, Outcome outcome) {
        try {
            to.outcome().accept(outcome);
        } catch (RuntimeException defect) {
            log.defect("sip-outcome", defect);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        ClientTransaction transaction = event.getClientTransaction();
        SIPResponse response = (SIPResponse) event.getResponse();
        if (transaction == null || response.getStatusCode() < 200) {
            return;
        }
        Waiting to = waiting.remove(transaction.getBranchId());
        if (to == null) {
            return;
        }
        boolean challenged = response.getStatusCode() == 401 || response.getStatusCode() == 407;
        if (!challenged || !to.answersChallenge().test(response)) {
            tell(to, outcome(response));
        }
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (!event.isServerTransaction()) {
            tell(event.getClientTransaction().getBranchId(), new Outcome.TimedOut());
        }
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        if (!event.isServerTransaction()) {
            // Nothing is left to come: a transaction that ends without a word ends as unknown.
            tell(event.getClientTransaction().getBranchId(), new Outcome.TimedOut());
        }
    }

    private static Outcome outcome(SIPResponse response) {
        Optional<Duration> retryAfter = Optional.ofNullable(
                        (RetryAfterHeader) response.getHeader(RetryAfterHeader.NAME))
                .map(header -> Duration.ofSeconds(header.getRetryAfter()));
        return new Outcome.Response(
                response.getStatusCode(),
                clean(response.getReasonPhrase()),
                retryAfter,
                contact(response),
                accept(response));
    }

    private static Optional<SipUri> contact(SIPResponse response) {
        ContactHeader contact = (ContactHeader) response.getHeader(ContactHeader.NAME);
        try {
            return contact == null || contact.getAddress() == null
                    ? Optional.empty()
                    : Optional.of(RequestToRecord.uri(contact.getAddress()));
        } catch (SipUriSyntaxException notSip) {
            return Optional.empty();
        }
    }

    private static Optional<String> accept(SIPResponse response) {
        StringBuilder all = new StringBuilder();
        response.getHeaders(AcceptHeader.NAME).forEachRemaining(header -> {
            String line = header.toString().strip();
            String value = line.substring(line.indexOf(':') + 1).strip();
            all.append(all.isEmpty() ? "" : ", ").append(value);
        });
        return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
    }

    private static String clean(String reason) {
        if (reason == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(reason.length());
        reason.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return out.toString().strip();
    }

    @Override
    public void processRequest(RequestEvent event) {
        // requests outside dialogs are answered before JAIN-SIP's transactions see them
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        // failures of a send come back from the send itself
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        // no dialogs yet
    }
}
