package org.isthmus.msrp.frame;

import java.util.Map;

/** Response codes (RFC 4975 §10, RFC 4976 §10.3) and the comments we send with them. */
public final class MsrpStatus {

    public static final int OK = 200;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHORIZED = 401;
    public static final int FORBIDDEN = 403;
    public static final int TIMEOUT = 408;
    /** Stop sending this message. */
    public static final int STOP = 413;

    public static final int UNSUPPORTED_TYPE = 415;
    public static final int OUT_OF_BOUNDS = 423;
    public static final int NO_SESSION = 481;
    public static final int UNKNOWN_METHOD = 501;
    public static final int BOUND_ELSEWHERE = 506;

    private static final Map<Integer, String> COMMENTS = Map.ofEntries(
            Map.entry(OK, "OK"),
            Map.entry(BAD_REQUEST, "Bad Request"),
            Map.entry(UNAUTHORIZED, "Unauthorized"),
            Map.entry(FORBIDDEN, "Forbidden"),
            Map.entry(TIMEOUT, "Timeout"),
            Map.entry(STOP, "Stop Sending"),
            Map.entry(UNSUPPORTED_TYPE, "Unsupported Media Type"),
            Map.entry(OUT_OF_BOUNDS, "Parameter Out Of Bounds"),
            Map.entry(NO_SESSION, "No Such Session"),
            Map.entry(UNKNOWN_METHOD, "Unknown Method"),
            Map.entry(BOUND_ELSEWHERE, "Session Bound Elsewhere"));

    private MsrpStatus() {}

    /** The comment for a code; empty for one that is not in the table. */
    public static String comment(int status) {
        return COMMENTS.getOrDefault(status, "");
    }
}
