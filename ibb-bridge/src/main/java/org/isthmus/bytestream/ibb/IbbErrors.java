package org.isthmus.bytestream.ibb;

import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;

/** The errors of XEP-0047 §2, and those that its rules imply. */
public final class IbbErrors {

    /** An {@code <open/>} that lacks something. */
    public static final IqError BAD_OPEN = IqError.of(StanzaCondition.BAD_REQUEST, StanzaCondition.Type.MODIFY);

    /** Blocks that large are not taken; the opener tries again with smaller ones (§2.1). */
    public static final IqError SMALLER_BLOCKS =
            IqError.of(StanzaCondition.RESOURCE_CONSTRAINT, StanzaCondition.Type.MODIFY);

    /** A stream that nobody agreed on, or that exists already (§2.1). */
    public static final IqError NOT_ACCEPTABLE =
            IqError.of(StanzaCondition.NOT_ACCEPTABLE, StanzaCondition.Type.CANCEL);

    /** Data that is not base64, or larger than agreed, or without a sequence number (§2.2). */
    public static final IqError BAD_DATA = IqError.of(StanzaCondition.BAD_REQUEST, StanzaCondition.Type.CANCEL);

    /** A sequence number that was used already or is not the next one (§2.2). */
    public static final IqError OUT_OF_SEQUENCE =
            IqError.of(StanzaCondition.UNEXPECTED_REQUEST, StanzaCondition.Type.CANCEL);

    /** No such stream between these two (§2.2, §2.3). */
    public static final IqError UNKNOWN_STREAM =
            IqError.of(StanzaCondition.ITEM_NOT_FOUND, StanzaCondition.Type.CANCEL);

    /** More than the reader could take. */
    public static final IqError TOO_MUCH = IqError.of(StanzaCondition.RESOURCE_CONSTRAINT, StanzaCondition.Type.WAIT);

    /** All came, but the other side did not say in time that it is right. */
    public static final IqError NOT_CONFIRMED =
            IqError.of(StanzaCondition.REMOTE_SERVER_TIMEOUT, StanzaCondition.Type.WAIT);

    /** All came, but it is not what was announced, or the other side does not want it any more. */
    public static final IqError NOT_TAKEN =
            IqError.of(StanzaCondition.UNDEFINED_CONDITION, StanzaCondition.Type.CANCEL);

    private IbbErrors() {}
}
