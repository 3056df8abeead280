package org.isthmus.bytestream.socks5.query;

import org.isthmus.bytestream.iq.IqError;
import org.isthmus.translation.error.StanzaCondition;

/** The errors of XEP-0065 §5.3. */
public final class BytestreamErrors {

    /** Not an offer. */
    public static final IqError BAD_REQUEST = IqError.of(StanzaCondition.BAD_REQUEST, StanzaCondition.Type.MODIFY);

    /** No negotiation led to this, or it wants UDP. */
    public static final IqError NOT_ACCEPTABLE =
            IqError.of(StanzaCondition.NOT_ACCEPTABLE, StanzaCondition.Type.MODIFY);

    /** None of the hosts could be reached. */
    public static final IqError NO_HOST_REACHED =
            IqError.of(StanzaCondition.ITEM_NOT_FOUND, StanzaCondition.Type.CANCEL);

    private BytestreamErrors() {}
}
