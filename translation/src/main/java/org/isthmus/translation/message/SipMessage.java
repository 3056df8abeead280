package org.isthmus.translation.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.mappings.SipUri;

/**
 * A SIP MESSAGE request (RFC 3428) as a value, without what belongs to the transport: Via, tags, CSeq and Route are the
 * SIP edge's.
 *
 * @param requestUri where it goes
 * @param from the sender, with {@code gr} when a resource is named (RFC 7572 §4)
 * @param fromDisplayName the sender's display name
 * @param to the addressee
 * @param callId the Call-ID, which carries the XMPP thread (RFC 7572 Table 1); empty: the edge makes one
 * @param subject the Subject
 * @param contentLanguage the Content-Language
 * @param date the Date, when the sender gave one
 * @param expires how long the content is of use (RFC 3428 §7); towards SIP absent: for ever
 * @param contentEncoding the Content-Encoding, lower case; anything but {@code identity} has no translation
 * @param body what is said
 */
public record SipMessage(
        SipUri requestUri,
        SipUri from,
        Optional<String> fromDisplayName,
        SipUri to,
        Optional<String> callId,
        Optional<String> subject,
        Optional<String> contentLanguage,
        Optional<Instant> date,
        Optional<Duration> expires,
        Optional<String> contentEncoding,
        SipBody body) {

    public SipMessage {
        Objects.requireNonNull(requestUri, "requestUri");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(body, "body");
    }

    public static Builder builder(SipUri from, SipUri to, SipBody body) {
        return new Builder(from, to, body);
    }

    /** Collects the parts; not thread-safe. The Request-URI is the addressee unless said otherwise. */
    public static final class Builder {
        private final SipUri from;
        private final SipUri to;
        private final SipBody body;
        private SipUri requestUri;
        private Optional<String> fromDisplayName = Optional.empty();
        private Optional<String> callId = Optional.empty();
        private Optional<String> subject = Optional.empty();
        private Optional<String> contentLanguage = Optional.empty();
        private Optional<Instant> date = Optional.empty();
        private Optional<Duration> expires = Optional.empty();
        private Optional<String> contentEncoding = Optional.empty();

        private Builder(SipUri from, SipUri to, SipBody body) {
            this.from = from;
            this.to = to;
            this.body = body;
            this.requestUri = to;
        }

        public Builder requestUri(SipUri value) {
            requestUri = value;
            return this;
        }

        public Builder fromDisplayName(String value) {
            fromDisplayName = Optional.of(value);
            return this;
        }

        public Builder callId(String value) {
            callId = Optional.of(value);
            return this;
        }

        public Builder subject(String value) {
            subject = Optional.of(value);
            return this;
        }

        public Builder contentLanguage(String value) {
            contentLanguage = Optional.of(value);
            return this;
        }

        public Builder date(Instant value) {
            date = Optional.of(value);
            return this;
        }

        public Builder expires(Duration value) {
            expires = Optional.of(value);
            return this;
        }

        public Builder contentEncoding(String value) {
            contentEncoding = Optional.of(value);
            return this;
        }

        public SipMessage build() {
            return new SipMessage(
                    requestUri,
                    from,
                    fromDisplayName,
                    to,
                    callId,
                    subject,
                    contentLanguage,
                    date,
                    expires,
                    contentEncoding,
                    body);
        }
    }
}
