package org.isthmus.msrp.codec;

/** The header fields that the parser reads itself; each may be there only once. */
enum KnownField {
    TO_PATH("to-path"),
    FROM_PATH("from-path"),
    MESSAGE_ID("message-id"),
    SUCCESS_REPORT("success-report"),
    FAILURE_REPORT("failure-report"),
    BYTE_RANGE("byte-range"),
    STATUS("status"),
    CONTENT_TYPE("content-type"),
    OTHER("");

    private static final KnownField[] VALUES = values();

    private final String lowerName;

    KnownField(String lowerName) {
        this.lowerName = lowerName;
    }

    /** By name, without regard to case and without making a string of it: this runs for every field received. */
    static KnownField of(byte[] octets, int from, int to) {
        for (KnownField field : VALUES) {
            if (field.lowerName.length() == to - from && field.isNamed(octets, from)) {
                return field;
            }
        }
        return OTHER;
    }

    private boolean isNamed(byte[] octets, int from) {
        for (int i = 0; i < lowerName.length(); i++) {
            int c = octets[from + i];
            if (c >= 'A' && c <= 'Z') {
                c += 'a' - 'A';
            }
            if (c != lowerName.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
