package org.isthmus.bytestream.si;

import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;

/** How an offer is refused on the wire (XEP-0095 §4.2). */
public final class SiErrors {

    /** Not an offer. */
    public static final IqError BAD_REQUEST = IqError.of(StanzaCondition.BAD_REQUEST, StanzaCondition.Type.MODIFY);

    /** The table of §4.2 says modify, its example cancel. */
    public static final IqError BAD_PROFILE = BAD_REQUEST.with(SiNames.SI, "bad-profile");

    /** No method in common. */
    public static final IqError NO_VALID_STREAMS =
            IqError.of(StanzaCondition.BAD_REQUEST, StanzaCondition.Type.CANCEL).with(SiNames.SI, "no-valid-streams");

    /** The person does not want it. */
    public static final IqError DECLINED =
            IqError.of(StanzaCondition.FORBIDDEN, StanzaCondition.Type.CANCEL).withText("Offer Declined");

    /** A rule of this side forbids it: too large, wrong type. */
    public static final IqError NOT_ACCEPTABLE =
            IqError.of(StanzaCondition.NOT_ACCEPTABLE, StanzaCondition.Type.CANCEL);

    /** Too many at once; later perhaps. */
    public static final IqError TOO_MANY = IqError.of(StanzaCondition.RESOURCE_CONSTRAINT, StanzaCondition.Type.WAIT);

    private SiErrors() {}
}
