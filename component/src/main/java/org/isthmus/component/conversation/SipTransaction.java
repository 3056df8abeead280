package org.isthmus.component.conversation;

/**
 * What makes two received requests one and the same (RFC 3261 §17.2.3, §8.2.2.2), also after a restart.
 *
 * @param branch of the top Via
 * @param callId the Call-ID
 * @param cseq the CSeq number
 */
public record SipTransaction(String branch, String callId, long cseq) {

    /** One text for the store; the parts contain no spaces. */
    @Override
    public String toString() {
        return branch + " " + callId + " " + cseq;
    }
}
