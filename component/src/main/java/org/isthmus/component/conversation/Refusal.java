package org.isthmus.component.conversation;

import java.util.Locale;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.translation.TranslationRefusal;
import org.isthmus.translation.error.SendFailure;
import org.isthmus.translation.error.StanzaCondition;

/**
 * Every reason for which the gateway itself refuses something, and what each leg is told: the one table.
 *
 * <p>The words come from the catalogue under {@link #key()}. What the other network refused is not here: its code is
 * translated (RFC 7247 §7).
 */
public enum Refusal {
    // An address has no counterpart.
    ADDRESS_MALFORMED(StanzaCondition.JID_MALFORMED, 400),
    SCHEME_UNSUPPORTED(StanzaCondition.JID_MALFORMED, 416),
    SECURE_URI(StanzaCondition.NOT_ALLOWED, 480),
    NO_USER(StanzaCondition.SERVICE_UNAVAILABLE, 484),
    NO_MAPPING(StanzaCondition.ITEM_NOT_FOUND, 404),
    NOT_IN_POPULATION(StanzaCondition.FORBIDDEN, 403),
    WRONG_PARTNER(StanzaCondition.FORBIDDEN, 403),
    CLAIMS_XMPP_USER(StanzaCondition.FORBIDDEN, 403),
    SAME_NETWORK(StanzaCondition.NOT_ALLOWED, 403),
    USER_NOT_ENCODABLE(StanzaCondition.JID_MALFORMED, 404),
    ADDRESS_TOO_LONG(StanzaCondition.JID_MALFORMED, 414),
    NOT_IN_DIRECTORY(StanzaCondition.ITEM_NOT_FOUND, 404),
    DIRECTORY_UNAVAILABLE(StanzaCondition.REMOTE_SERVER_TIMEOUT, 480),
    // What is said has no translation.
    GROUP_CHAT(StanzaCondition.SERVICE_UNAVAILABLE, 488),
    TYPE_UNSUPPORTED(StanzaCondition.NOT_ACCEPTABLE, 415),
    CHARSET_UNSUPPORTED(StanzaCondition.NOT_ACCEPTABLE, 415),
    BODY_MALFORMED(StanzaCondition.BAD_REQUEST, 400),
    END_TO_END_PROTECTED(StanzaCondition.NOT_ACCEPTABLE, 415),
    TOO_LARGE(SendFailure.TOO_LARGE.condition(), 513),
    // Not built yet.
    PRESENCE_NOT_CARRIED(StanzaCondition.FEATURE_NOT_IMPLEMENTED, 489),
    FILE_NOT_OFFERABLE(StanzaCondition.NOT_ACCEPTABLE, 488),
    // The gateway or a neighbour cannot, now.
    TOO_MUCH_WAITING(StanzaCondition.RESOURCE_CONSTRAINT, 480),
    /** Two automata answer each other (RFC 7247 §8: loops cannot be signalled in XMPP). */
    LOOP(StanzaCondition.POLICY_VIOLATION, 480),
    DRAINING(StanzaCondition.RESOURCE_CONSTRAINT, 480),
    LINK_DOWN(StanzaCondition.REMOTE_SERVER_TIMEOUT, 480),
    LINK_LOST(StanzaCondition.REMOTE_SERVER_TIMEOUT, 504),
    LINK_FULL(StanzaCondition.RESOURCE_CONSTRAINT, 480),
    SIP_TIMED_OUT(SendFailure.NO_ANSWER.condition(), 504),
    SIP_UNREACHABLE(SendFailure.UNREACHABLE.condition(), 504),
    SIP_BUSY(SendFailure.BUSY.condition(), 480),
    OUTCOME_UNKNOWN(StanzaCondition.REMOTE_SERVER_TIMEOUT, 504),
    DEFECT(StanzaCondition.INTERNAL_SERVER_ERROR, 500);

    private final StanzaCondition condition;
    private final int status;

    Refusal(StanzaCondition condition, int status) {
        this.condition = condition;
        this.status = status;
    }

    /** What an XMPP sender is told. */
    public StanzaCondition condition() {
        return condition;
    }

    /** What a SIP sender is told; 480 goes with Retry-After. Never 408, which RFC 4320 §4.2 forbids here. */
    public int status() {
        return status;
    }

    /** Key of the words in the catalogue, value of the counter's label and of the log's field. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The row of an address that has no counterpart. */
    public static Refusal of(AddressRefusal reason) {
        return switch (reason) {
            case MALFORMED -> ADDRESS_MALFORMED;
            case UNSUPPORTED_SCHEME -> SCHEME_UNSUPPORTED;
            case SECURE_URI -> SECURE_URI;
            case NO_USER -> NO_USER;
            case NO_MAPPING -> NO_MAPPING;
            case NOT_IN_POPULATION -> NOT_IN_POPULATION;
            case WRONG_PARTNER -> WRONG_PARTNER;
            case CLAIMS_XMPP_USER -> CLAIMS_XMPP_USER;
            case SAME_NETWORK -> SAME_NETWORK;
            case SPACE_AT_END, NOT_PREPARABLE, AMBIGUOUS_SPELLING, NOT_CANONICAL, TAKEN_BY_ALIAS -> USER_NOT_ENCODABLE;
            case TOO_LONG -> ADDRESS_TOO_LONG;
            case NOT_IN_DIRECTORY -> NOT_IN_DIRECTORY;
            case DIRECTORY_UNAVAILABLE -> DIRECTORY_UNAVAILABLE;
        };
    }

    /**
     * The row of something that has no translation.
     *
     * @throws IllegalArgumentException for the two reasons that say nothing went wrong
     */
    public static Refusal of(TranslationRefusal reason) {
        return switch (reason) {
            case GROUP_CHAT -> GROUP_CHAT;
            case UNSUPPORTED_TYPE -> TYPE_UNSUPPORTED;
            case UNSUPPORTED_CHARSET -> CHARSET_UNSUPPORTED;
            case MALFORMED_BODY -> BODY_MALFORMED;
            case END_TO_END_PROTECTED -> END_TO_END_PROTECTED;
            case TOO_LARGE -> TOO_LARGE;
            case FILE_NOT_OFFERABLE -> FILE_NOT_OFFERABLE;
            case NOTHING_TO_SAY, IS_AN_ERROR ->
                throw new IllegalArgumentException("reason: " + reason + " (expected: one that is reported)");
        };
    }
}
