package org.isthmus.translation.error;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.isthmus.translation.error.RefusedRequest.Kind;

/**
 * A stanza error as the final response to the SIP request that led to it (RFC 7247 §7.1, Table 2).
 *
 * <p>Where the table contradicts SIP itself, SIP decides: a request that is no INVITE is answered 504 instead of 408
 * (RFC 4320 §4.2); 401 and 407 need a challenge, without one it is 403 (RFC 3261 §20.44, §22.3); 491 belongs to an INVITE
 * in a dialog (RFC 3261 §21.4.27). 503 is never sent: it would take the whole gateway out of service (note 5).
 */
public final class StanzaErrorToStatus {

    /**
     * One row of Table 2.
     *
     * @param full the code when the error concerns a full JID
     * @param bare the code when it concerns a bare one
     */
    private record Row(int full, int bare) {}

    private static final Map<StanzaCondition, Row> TABLE_2 = new EnumMap<>(StanzaCondition.class);

    static {
        row(StanzaCondition.BAD_REQUEST, 400);
        row(StanzaCondition.CONFLICT, 400);
        row(StanzaCondition.FEATURE_NOT_IMPLEMENTED, 405, 501); // note 1
        row(StanzaCondition.FORBIDDEN, 403, 603); // note 2
        row(StanzaCondition.GONE, 410); // note 3: 301 when it names an address
        row(StanzaCondition.INTERNAL_SERVER_ERROR, 500);
        row(StanzaCondition.ITEM_NOT_FOUND, 404, 604); // note 2
        row(StanzaCondition.JID_MALFORMED, 400);
        row(StanzaCondition.NOT_ACCEPTABLE, 406, 606); // note 2
        row(StanzaCondition.NOT_ALLOWED, 403);
        row(StanzaCondition.NOT_AUTHORIZED, 401);
        row(StanzaCondition.POLICY_VIOLATION, 403);
        row(StanzaCondition.RECIPIENT_UNAVAILABLE, 480, 600); // note 2
        row(StanzaCondition.REDIRECT, 302);
        row(StanzaCondition.REGISTRATION_REQUIRED, 407);
        row(StanzaCondition.REMOTE_SERVER_NOT_FOUND, 404); // note 4: 408 when its name cannot be resolved now
        row(StanzaCondition.REMOTE_SERVER_TIMEOUT, 408);
        row(StanzaCondition.RESOURCE_CONSTRAINT, 500);
        row(StanzaCondition.SERVICE_UNAVAILABLE, 403); // note 5
        row(StanzaCondition.SUBSCRIPTION_REQUIRED, 400);
        row(StanzaCondition.UNDEFINED_CONDITION, 400);
        row(StanzaCondition.UNEXPECTED_REQUEST, 491);
    }

    private StanzaErrorToStatus() {}

    /** The response to the request; the reason phrase is the error's text, if it has one. */
    public static SipStatus translate(StanzaError error, RefusedRequest request) {
        if (error.condition() == StanzaCondition.GONE && error.address().isPresent()) {
            return SipStatus.of(301, error.text(), error.address());
        }
        int code = permitted(tableCode(error.condition(), request.fullJid()), request);
        return SipStatus.of(code, error.text(), code == 302 ? error.address() : Optional.empty());
    }

    /** {@code remote-server-not-found} when it is known that the domain's name cannot be resolved now (note 4, case b). */
    public static SipStatus unresolvable(RefusedRequest request) {
        return SipStatus.of(permitted(408, request));
    }

    private static int tableCode(StanzaCondition condition, boolean fullJid) {
        Row row = TABLE_2.get(condition);
        if (row == null) {
            throw new IllegalStateException(condition + " has no row in Table 2");
        }
        return fullJid ? row.full() : row.bare();
    }

    private static int permitted(int code, RefusedRequest request) {
        return switch (code) {
            case 408 -> request.kind() == Kind.NON_INVITE ? 504 : 408;
            case 401, 407 -> request.canChallenge() ? code : 403;
            case 491 -> request.kind() == Kind.RE_INVITE ? 491 : 400;
            default -> code;
        };
    }

    private static void row(StanzaCondition condition, int code) {
        row(condition, code, code);
    }

    private static void row(StanzaCondition condition, int full, int bare) {
        TABLE_2.put(condition, new Row(full, bare));
    }
}
