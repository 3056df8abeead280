package org.isthmus.msrp.frame;

/**
 * The Status header field of a REPORT (RFC 4975 §7.1.2).
 *
 * @param namespace three digits; only {@code 000} has a meaning
 * @param code a response code
 * @param comment for a person, may be empty
 */
public record ReportStatus(String namespace, int code, String comment) {

    public ReportStatus {
        if (namespace.length() != 3 || code < 0 || code > 999) {
            throw new IllegalArgumentException("Status: " + namespace + " " + code + " (expected: three digits each)");
        }
    }

    /** The namespace in which codes are those of responses. */
    public static final String MSRP_NAMESPACE = "000";

    public static ReportStatus of(int code) {
        return new ReportStatus(MSRP_NAMESPACE, code, MsrpStatus.comment(code));
    }

    /**
     * Reads {@code 000 200 OK}.
     *
     * @throws MsrpSyntaxException when it is something else
     */
    public static ReportStatus parse(String text) {
        if (text.length() < 7 || text.charAt(3) != ' ' || !digits(text, 0) || !digits(text, 4)) {
            throw new MsrpSyntaxException(0, "Status: expected three digits, a space and three digits");
        }
        if (text.length() > 7 && text.charAt(7) != ' ') {
            throw new MsrpSyntaxException(7, "Status: expected a space before the comment");
        }
        String comment = text.length() > 8 ? text.substring(8) : "";
        return new ReportStatus(text.substring(0, 3), Integer.parseInt(text.substring(4, 7)), comment);
    }

    /** Whether the code is a response code of RFC 4975. */
    public boolean isMsrp() {
        return namespace.equals(MSRP_NAMESPACE);
    }

    /** The value as written on the wire. */
    @Override
    public String toString() {
        String digits = String.valueOf(1000 + code).substring(1);
        return namespace + " " + digits + (comment.isEmpty() ? "" : " " + comment);
    }

    private static boolean digits(String text, int from) {
        for (int i = from; i < from + 3; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
