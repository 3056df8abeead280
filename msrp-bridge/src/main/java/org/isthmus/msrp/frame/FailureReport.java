package org.isthmus.msrp.frame;

/** The Failure-Report header field (RFC 4975 §7.1.1, §7.1.4): which answers the sender of a message wants. */
public enum FailureReport {
    /** A response to every chunk, within 30 s; the value of an absent field. */
    YES("yes"),
    /** A response only when something is wrong. */
    PARTIAL("partial"),
    /** No response and no failure REPORT, whatever happens. */
    NO("no");

    private final String text;

    FailureReport(String text) {
        this.text = text;
    }

    /** The value on the wire. */
    public String text() {
        return text;
    }

    /** Whether a response of this code may be sent to such a request. */
    public boolean allowsResponse(int status) {
        return this == YES || (this == PARTIAL && status != MsrpStatus.OK);
    }

    /** Whether a REPORT of a failure may be sent after such a request. */
    public boolean allowsReport() {
        return this != NO;
    }
}
