package org.isthmus.translation.error;

/**
 * A stanza error for a message that MSRP already acknowledged, as the status of the failure REPORT (RFC 4975 §7.1.4: the
 * case of an XMPP gateway). No standard has this table; every condition has a row.
 */
public final class StanzaErrorToMsrpStatus {

    private StanzaErrorToMsrpStatus() {}

    /** The status code; the namespace of a REPORT's Status is {@code 000}. */
    public static int translate(StanzaCondition condition) {
        return switch (condition) {
            case REMOTE_SERVER_TIMEOUT, RECIPIENT_UNAVAILABLE, REMOTE_SERVER_NOT_FOUND -> 408;
            case FORBIDDEN,
                    NOT_ALLOWED,
                    NOT_AUTHORIZED,
                    REGISTRATION_REQUIRED,
                    SUBSCRIPTION_REQUIRED,
                    SERVICE_UNAVAILABLE -> 403;
            case POLICY_VIOLATION, RESOURCE_CONSTRAINT -> 413;
            case NOT_ACCEPTABLE, FEATURE_NOT_IMPLEMENTED -> 415;
            case GONE, ITEM_NOT_FOUND, REDIRECT -> 481;
            case BAD_REQUEST, CONFLICT, INTERNAL_SERVER_ERROR, JID_MALFORMED, UNDEFINED_CONDITION, UNEXPECTED_REQUEST ->
                400;
        };
    }
}
