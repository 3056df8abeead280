package org.isthmus.msrp.frame;

import java.util.List;

/**
 * Head of a request (RFC 4975 §7.1).
 *
 * @param method {@code SEND}, {@code REPORT}, {@code AUTH}, or whatever the peer wrote there
 * @param body whether a body follows, be it empty; a SEND without one carries no message
 */
public record MsrpRequest(
        String transactionId,
        String method,
        List<MsrpUri> toPath,
        List<MsrpUri> fromPath,
        MsrpHeaders headers,
        boolean body)
        implements MsrpHead {

    public static final String SEND = "SEND";
    public static final String REPORT = "REPORT";
    /** RFC 4976 §4.1. */
    public static final String AUTH = "AUTH";

    public MsrpRequest {
        toPath = List.copyOf(toPath);
        fromPath = List.copyOf(fromPath);
    }

    public boolean isSend() {
        return method.equals(SEND);
    }

    public boolean isReport() {
        return method.equals(REPORT);
    }

    /** Method and transaction only: paths carry the secret of the session. */
    @Override
    public String toString() {
        return method + " " + transactionId;
    }
}
