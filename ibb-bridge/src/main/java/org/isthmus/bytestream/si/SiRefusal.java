package org.isthmus.bytestream.si;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;

/** Why an offer of ours came to nothing. */
public enum SiRefusal {
    /** The person declined. */
    DECLINED,
    /** No method in common. */
    NO_COMMON_METHOD,
    /** Its client cannot receive files this way. */
    NOT_SUPPORTED,
    /** Its client did not understand the offer. */
    NOT_UNDERSTOOD,
    /** Nobody is there. */
    UNAVAILABLE,
    /** A rule or a limit of the other side. */
    NOT_NOW,
    /** An acceptance that names no method we offered, or a part that the file does not have. */
    UNUSABLE_ANSWER,
    /** No answer in time. */
    NO_ANSWER,
    /** The offer could not be sent. */
    NOT_SENT;

    private static final Map<StanzaCondition, SiRefusal> TABLE = new EnumMap<>(StanzaCondition.class);

    private static final Map<String, SiRefusal> APPLICATION =
            Map.of("no-valid-streams", NO_COMMON_METHOD, "bad-profile", NOT_SUPPORTED);

    static {
        row(StanzaCondition.FORBIDDEN, DECLINED);
        // COMPAT(Smack 4.4, Psi): declines with not-acceptable
        row(StanzaCondition.NOT_ACCEPTABLE, DECLINED);
        row(StanzaCondition.NOT_ALLOWED, DECLINED);
        row(StanzaCondition.BAD_REQUEST, NOT_UNDERSTOOD);
        row(StanzaCondition.JID_MALFORMED, NOT_UNDERSTOOD);
        row(StanzaCondition.UNEXPECTED_REQUEST, NOT_UNDERSTOOD);
        row(StanzaCondition.CONFLICT, NOT_UNDERSTOOD);
        row(StanzaCondition.SERVICE_UNAVAILABLE, NOT_SUPPORTED);
        row(StanzaCondition.FEATURE_NOT_IMPLEMENTED, NOT_SUPPORTED);
        row(StanzaCondition.RECIPIENT_UNAVAILABLE, UNAVAILABLE);
        row(StanzaCondition.ITEM_NOT_FOUND, UNAVAILABLE);
        row(StanzaCondition.GONE, UNAVAILABLE);
        row(StanzaCondition.REDIRECT, UNAVAILABLE);
        row(StanzaCondition.REMOTE_SERVER_NOT_FOUND, UNAVAILABLE);
        row(StanzaCondition.REMOTE_SERVER_TIMEOUT, UNAVAILABLE);
        row(StanzaCondition.RESOURCE_CONSTRAINT, NOT_NOW);
        row(StanzaCondition.POLICY_VIOLATION, NOT_NOW);
        row(StanzaCondition.NOT_AUTHORIZED, NOT_NOW);
        row(StanzaCondition.REGISTRATION_REQUIRED, NOT_NOW);
        row(StanzaCondition.SUBSCRIPTION_REQUIRED, NOT_NOW);
        row(StanzaCondition.INTERNAL_SERVER_ERROR, NOT_NOW);
        row(StanzaCondition.UNDEFINED_CONDITION, NOT_NOW);
    }

    /** The meaning of an error; the application condition decides first, since both come with {@code bad-request}. */
    public static SiRefusal of(IqError error) {
        Optional<SiRefusal> specific = error.application()
                .filter(own -> own.namespace().equals(SiNames.SI))
                .map(own -> APPLICATION.get(own.name()));
        return specific.orElseGet(() -> TABLE.getOrDefault(error.condition(), NOT_NOW));
    }

    private static void row(StanzaCondition condition, SiRefusal meaning) {
        TABLE.put(condition, meaning);
    }
}
