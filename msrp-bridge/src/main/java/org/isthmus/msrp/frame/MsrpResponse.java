package org.isthmus.msrp.frame;

import java.util.List;

/**
 * Head of a response (RFC 4975 §7.2).
 *
 * @param transactionId that of the request
 * @param status three digits
 * @param comment for a person, may be empty
 */
public record MsrpResponse(
        String transactionId,
        int status,
        String comment,
        List<MsrpUri> toPath,
        List<MsrpUri> fromPath,
        MsrpHeaders headers)
        implements MsrpHead {

    public MsrpResponse {
        toPath = List.copyOf(toPath);
        fromPath = List.copyOf(fromPath);
    }

    /** Whether the request succeeded; the only such code is 200, its whole class is taken for one. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Status and transaction only: paths carry the secret of the session. */
    @Override
    public String toString() {
        return status + " " + transactionId;
    }
}
