package org.isthmus.translation.error;

import java.util.Locale;

/** The defined stanza error conditions (RFC 6120 §8.3.3), each with the error type that goes with it by default. */
public enum StanzaCondition {
    BAD_REQUEST(Type.MODIFY),
    CONFLICT(Type.CANCEL),
    FEATURE_NOT_IMPLEMENTED(Type.CANCEL),
    FORBIDDEN(Type.AUTH),
    GONE(Type.CANCEL),
    INTERNAL_SERVER_ERROR(Type.CANCEL),
    ITEM_NOT_FOUND(Type.CANCEL),
    JID_MALFORMED(Type.MODIFY),
    NOT_ACCEPTABLE(Type.MODIFY),
    NOT_ALLOWED(Type.CANCEL),
    NOT_AUTHORIZED(Type.AUTH),
    POLICY_VIOLATION(Type.MODIFY),
    RECIPIENT_UNAVAILABLE(Type.WAIT),
    REDIRECT(Type.MODIFY),
    REGISTRATION_REQUIRED(Type.AUTH),
    REMOTE_SERVER_NOT_FOUND(Type.CANCEL),
    REMOTE_SERVER_TIMEOUT(Type.WAIT),
    RESOURCE_CONSTRAINT(Type.WAIT),
    SERVICE_UNAVAILABLE(Type.CANCEL),
    SUBSCRIPTION_REQUIRED(Type.AUTH),
    UNDEFINED_CONDITION(Type.CANCEL),
    UNEXPECTED_REQUEST(Type.WAIT);

    /** What the sender may do about it (RFC 6120 §8.3.2). */
    public enum Type {
        AUTH,
        CANCEL,
        CONTINUE,
        MODIFY,
        WAIT;

        /** The value of the {@code type} attribute. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Type type;

    StanzaCondition(Type type) {
        this.type = type;
    }

    /** The type sent with this condition unless a table says otherwise. */
    public Type defaultType() {
        return type;
    }

    /** The element name. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
