package org.isthmus.component.sip.record;

import java.util.regex.Pattern;
import org.isthmus.translation.message.SipMessage;

/**
 * What makes a request of ours one of its kind: a From tag of its own under each Call-ID, so that requests of one Call-ID
 * are never taken for one another (RFC 3261 §8.2.2.2).
 *
 * @param callId the Call-ID
 * @param fromTag the From tag
 * @param cseq the CSeq number
 */
public record RequestIdentity(String callId, String fromTag, long cseq) {

    /** RFC 3261 §25.1 {@code word}. */
    private static final String WORD = "[A-Za-z0-9\\-.!%*_+`'~()<>:\\\\\"/\\[\\]?{}]+";

    private static final Pattern CALL_ID = Pattern.compile(WORD + "(@" + WORD + ")?");
    private static final int CALL_ID_MOST = 255;

    /** A new one; the message's Call-ID is kept when it is one. */
    public static RequestIdentity of(SipMessage message, LoopMark random) {
        return new RequestIdentity(
                message.callId()
                        .filter(given -> given.length() <= CALL_ID_MOST
                                && CALL_ID.matcher(given).matches())
                        .orElseGet(() -> random.hex(16)),
                random.hex(8),
                1);
    }

    /** The same request once more, after a challenge (RFC 3261 §22.2). */
    public RequestIdentity next() {
        return new RequestIdentity(callId, fromTag, cseq + 1);
    }
}
