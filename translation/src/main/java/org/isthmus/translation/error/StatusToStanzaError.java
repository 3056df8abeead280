package org.isthmus.translation.error;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.isthmus.translation.text.HeaderText;

/**
 * A final SIP response as the stanza error that tells the XMPP sender (RFC 7247 §7.2, Table 3). The error's type is the
 * condition's own (RFC 6120 §8.3.3).
 */
public final class StatusToStanzaError {

    /** Longest text passed on, in octets. */
    private static final int MAX_TEXT_OCTETS = 512;

    private static final Map<Integer, StanzaCondition> TABLE_3 = new HashMap<>();

    static {
        row(StanzaCondition.REDIRECT, 300, 302, 305);
        row(StanzaCondition.GONE, 301, 410); // note 1: with the new address, without any
        row(StanzaCondition.NOT_ACCEPTABLE, 380, 406, 415, 416, 421, 482, 483, 488, 505, 606);
        row(StanzaCondition.BAD_REQUEST, 400, 402, 493);
        row(StanzaCondition.NOT_AUTHORIZED, 401);
        row(StanzaCondition.FORBIDDEN, 403);
        row(StanzaCondition.ITEM_NOT_FOUND, 404, 481, 484, 485, 604);
        row(StanzaCondition.FEATURE_NOT_IMPLEMENTED, 405, 420, 439, 501);
        row(StanzaCondition.REGISTRATION_REQUIRED, 407);
        row(StanzaCondition.REMOTE_SERVER_TIMEOUT, 408, 504);
        row(StanzaCondition.POLICY_VIOLATION, 413, 414, 440, 489, 513);
        row(StanzaCondition.RESOURCE_CONSTRAINT, 423);
        row(StanzaCondition.RECIPIENT_UNAVAILABLE, 430, 480, 486, 487, 600, 603);
        row(StanzaCondition.UNEXPECTED_REQUEST, 491);
        row(StanzaCondition.INTERNAL_SERVER_ERROR, 500, 503); // note 9: not service-unavailable
        row(StanzaCondition.REMOTE_SERVER_NOT_FOUND, 502);
    }

    private StatusToStanzaError() {}

    /**
     * Translates a response.
     *
     * @param status 100-699
     * @param reason the reason phrase, as received
     * @param address where a redirection points to, already mapped, as a URI ({@link XmppUri#of})
     * @return empty for 1xx and 2xx, which never produce an error
     */
    public static Optional<StanzaError> translate(int status, String reason, Optional<String> address) {
        if (status < 300) {
            return Optional.empty();
        }
        String text = HeaderText.clean(reason, MAX_TEXT_OCTETS);
        StanzaCondition condition = condition(status, address.isPresent());
        Optional<String> alternate = switch (condition) {
            case REDIRECT -> address;
            case GONE -> status == 301 ? address : Optional.empty();
            default -> Optional.empty();
        };
        return Optional.of(new StanzaError(
                condition, condition.defaultType(), text.isEmpty() ? Optional.empty() : Optional.of(text), alternate));
    }

    private static StanzaCondition condition(int status, boolean hasAddress) {
        if (status == 301 && !hasAddress) {
            // Note 1: <gone/> of a 301 must name the new address; without one only "not there" is true.
            return StanzaCondition.ITEM_NOT_FOUND;
        }
        return TABLE_3.getOrDefault(status, ofClass(status));
    }

    /** Codes that Table 3 does not list go by their class. */
    private static StanzaCondition ofClass(int status) {
        return switch (status / 100) {
            case 3 -> StanzaCondition.REDIRECT;
            case 4 -> StanzaCondition.BAD_REQUEST;
            case 5 -> StanzaCondition.INTERNAL_SERVER_ERROR;
            default -> StanzaCondition.RECIPIENT_UNAVAILABLE;
        };
    }

    private static void row(StanzaCondition condition, int... codes) {
        for (int code : codes) {
            TABLE_3.put(code, condition);
        }
    }
}
