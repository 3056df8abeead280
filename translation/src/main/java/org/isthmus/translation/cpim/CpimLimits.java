package org.isthmus.translation.cpim;

/**
 * Bounds of a message that is read.
 *
 * @param maxHeadOctets octets before the content
 * @param maxLineOctets octets of one header line
 * @param maxHeaders headers in all, MIME headers included
 */
public record CpimLimits(int maxHeadOctets, int maxLineOctets, int maxHeaders) {

    /** 16 KiB, 4 KiB a line, 100 headers. */
    public static CpimLimits defaults() {
        return new CpimLimits(16 * 1024, 4 * 1024, 100);
    }

    public CpimLimits {
        if (maxHeadOctets < 1 || maxLineOctets < 1 || maxHeaders < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + maxHeadOctets + ", " + maxLineOctets + ", " + maxHeaders);
        }
    }
}
