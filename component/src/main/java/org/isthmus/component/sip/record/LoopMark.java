package org.isthmus.component.sip.record;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Objects;

/**
 * Branches of our own requests, and the recognition of such a request when it comes back (RFC 5393 §4.2): the branch
 * carries a keyed digest of what stays the same on a loop and changes on a legitimate spiral. Any thread.
 */
public final class LoopMark {

    private static final String COOKIE = "z9hG4bK";
    private static final int DIGEST_CHARS = 16;

    private final SecureRandom random;
    private final byte[] key = new byte[16];
    private final String prefix;

    public LoopMark(SecureRandom random) {
        this.random = random;
        random.nextBytes(key);
        this.prefix = COOKIE + hex(4) + "-";
    }

    /** A fresh branch for a request of ours (RFC 3261 §8.1.1.7). */
    public String branch(String requestUri, String fromTag, String callId, long cseq) {
        return prefix + digest(requestUri, fromTag, callId, cseq) + "-" + hex(8);
    }

    /** Whether this request is one of ours, unchanged. */
    public boolean isOwn(SIPRequest request) {
        if (request.getViaHeaders() == null) {
            return false;
        }
        for (Iterator<?> vias = request.getViaHeaders().iterator(); vias.hasNext(); ) {
            String branch = ((Via) vias.next()).getBranch();
            if (branch != null
                    && branch.startsWith(prefix)
                    && branch.regionMatches(prefix.length(), digest(request), 0, DIGEST_CHARS)) {
                return true;
            }
        }
        return false;
    }

    private String digest(SIPRequest request) {
        return digest(
                request.getRequestURI().toString(),
                Objects.toString(request.getFromTag(), ""),
                request.getCallId().getCallId(),
                request.getCSeq().getSeqNumber());
    }

    /** Random octets in hexadecimal: tags, Call-IDs. */
    public String hex(int octets) {
        byte[] bytes = new byte[octets];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String digest(String requestUri, String fromTag, String callId, long cseq) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(key);
            sha.update((requestUri + '\n' + fromTag + '\n' + callId + '\n' + cseq).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_CHARS / 2);
        } catch (NoSuchAlgorithmException required) {
            throw new AssertionError("every Java platform has SHA-256", required);
        }
    }
}
