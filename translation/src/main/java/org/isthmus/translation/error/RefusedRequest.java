package org.isthmus.translation.error;

import java.util.Objects;

/**
 * What has to be known about a SIP request to answer it with a translated stanza error (RFC 7247 Table 2 and its notes).
 *
 * @param kind whether and how it is an INVITE
 * @param fullJid whether the error concerns a full JID rather than a bare one (notes 1 and 2)
 * @param canChallenge whether the gateway has a realm to ask credentials for
 */
public record RefusedRequest(Kind kind, boolean fullJid, boolean canChallenge) {

    /** The two rules that depend on the method. */
    public enum Kind {
        /** An INVITE that opens a dialog: 408 is allowed. */
        INVITE,
        /** An INVITE inside a dialog: 408 and 491 are allowed. */
        RE_INVITE,
        /** Anything else: never 408 (RFC 4320 §4.2). */
        NON_INVITE
    }

    public RefusedRequest {
        Objects.requireNonNull(kind, "kind");
    }

    /** A MESSAGE, SUBSCRIBE, NOTIFY, PUBLISH or OPTIONS that the gateway does not challenge. */
    public static RefusedRequest nonInvite(boolean fullJid) {
        return new RefusedRequest(Kind.NON_INVITE, fullJid, false);
    }

    /** An INVITE outside a dialog that the gateway does not challenge. */
    public static RefusedRequest invite(boolean fullJid) {
        return new RefusedRequest(Kind.INVITE, fullJid, false);
    }
}
