package org.isthmus.component.conversation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.message.SipMessage;

/** Port to the SIP network. May be called from any thread; never blocks. */
public interface SipSender {

    /** What became of a request. */
    sealed interface Outcome {

        /**
         * A final response.
         *
         * @param status 200-699
         * @param reason the reason phrase, controls removed
         * @param retryAfter of Retry-After
         * @param contact first Contact of a redirection
         * @param accept the Accept header of a 415, as on the wire
         */
        record Response(
                int status,
                String reason,
                Optional<Duration> retryAfter,
                Optional<SipUri> contact,
                Optional<String> accept)
                implements Outcome {}

        /** No final response before Timer F (RFC 3261 §17.1.2): it may or may not have arrived. */
        record TimedOut() implements Outcome {}

        /**
         * Not sent: the next hop cannot be reached.
         *
         * @param words why, for an operator
         */
        record Unreachable(String words) implements Outcome {}

        /**
         * Not sent: over 1300 octets and the next hop has no congestion-controlled transport (RFC 3428 §8).
         *
         * @param octets size of the encoded request
         */
        record TooLarge(int octets) implements Outcome {}

        /** Not sent: the queue of the next hop is full or its circuit breaker open. */
        record Busy(Duration retryAfter) implements Outcome {}
    }

    /**
     * Sends a MESSAGE to the partner's route.
     *
     * @param partner name of the configured partner whose route is used
     * @param outcome called exactly once, on a SIP thread: post to the owner's stripe and return
     */
    void send(SipMessage message, String partner, Consumer<Outcome> outcome);
}
