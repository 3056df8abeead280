package org.isthmus.component.conversation;

import java.time.Duration;
import java.util.Optional;

/** The one answer that a received SIP request waits for. Any thread; the second answer is a defect and is reported. */
@FunctionalInterface
public interface SipAnswer {

    /**
     * A final response.
     *
     * @param status 200-699; never 408 (RFC 4320 §4.2)
     * @param reason the reason phrase, for a person
     * @param retryAfter of Retry-After
     * @param accept the Accept header, which a 415 must carry
     */
    record Final(int status, String reason, Optional<Duration> retryAfter, Optional<String> accept) {

        public static Final of(int status, String reason) {
            return new Final(status, reason, Optional.empty(), Optional.empty());
        }
    }

    void respond(Final response);
}
