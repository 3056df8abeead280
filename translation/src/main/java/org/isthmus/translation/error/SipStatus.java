package org.isthmus.translation.error;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.isthmus.translation.text.HeaderText;

/**
 * A final SIP response as translated from a stanza error.
 *
 * @param code 300-699
 * @param reason the reason phrase: one line, at most {@value #MAX_REASON_OCTETS} octets
 * @param alternate the address a redirection points to, as the stanza error had it (a URI, normally {@code xmpp:}); it is
 *     still to be mapped and put into Contact
 */
public record SipStatus(int code, String reason, Optional<String> alternate) {

    /** Longest reason phrase sent, in octets of UTF-8; the phrase shares the datagram with everything else. */
    public static final int MAX_REASON_OCTETS = 120;

    /** RFC 3261 §21, RFC 6665, RFC 5393; only the codes that this gateway sends. */
    private static final Map<Integer, String> PHRASES = Map.ofEntries(
            Map.entry(301, "Moved Permanently"),
            Map.entry(302, "Moved Temporarily"),
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(407, "Proxy Authentication Required"),
            Map.entry(408, "Request Timeout"),
            Map.entry(410, "Gone"),
            Map.entry(413, "Request Entity Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(416, "Unsupported URI Scheme"),
            Map.entry(420, "Bad Extension"),
            Map.entry(423, "Interval Too Brief"),
            Map.entry(480, "Temporarily Unavailable"),
            Map.entry(481, "Call/Transaction Does Not Exist"),
            Map.entry(482, "Loop Detected"),
            Map.entry(488, "Not Acceptable Here"),
            Map.entry(489, "Bad Event"),
            Map.entry(491, "Request Pending"),
            Map.entry(500, "Server Internal Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Server Time-out"),
            Map.entry(513, "Message Too Large"),
            Map.entry(600, "Busy Everywhere"),
            Map.entry(603, "Decline"),
            Map.entry(604, "Does Not Exist Anywhere"),
            Map.entry(606, "Not Acceptable"));

    /** Headers without which a response of that code is incomplete (RFC 3261 §21.4.6, §8.2.3; RFC 6665 §4.2.1). */
    private static final Map<Integer, String> COMPANIONS = Map.of(
            301, "Contact",
            302, "Contact",
            401, "WWW-Authenticate",
            405, "Allow",
            407, "Proxy-Authenticate",
            415, "Accept",
            420, "Unsupported",
            423, "Min-Expires",
            489, "Allow-Events");

    public SipStatus {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(alternate, "alternate");
    }

    /** The code with the phrase that the standard gives it. */
    public static SipStatus of(int code) {
        return new SipStatus(code, phrase(code), Optional.empty());
    }

    /** The code with a person's words, cleaned; without words the standard's phrase. */
    static SipStatus of(int code, Optional<String> words, Optional<String> alternate) {
        String cleaned =
                words.map(text -> HeaderText.clean(text, MAX_REASON_OCTETS)).orElse("");
        return new SipStatus(code, cleaned.isEmpty() ? phrase(code) : cleaned, alternate);
    }

    /** The header that a response of this code must carry. */
    public Optional<String> companionHeader() {
        return Optional.ofNullable(COMPANIONS.get(code));
    }

    /** The standard's phrase for a code that this gateway sends; "Failure" for another. */
    public static String phrase(int code) {
        return PHRASES.getOrDefault(code, "Failure");
    }
}
