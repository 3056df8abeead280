package org.isthmus.translation.mime;

/**
 * Bounds of a multipart body.
 *
 * @param maxOctets octets of the whole body
 * @param maxParts parts on one level
 * @param maxHeaderOctets octets of one part's header
 */
public record MimeLimits(int maxOctets, int maxParts, int maxHeaderOctets) {

    /** 1 MiB, 32 parts, 8 KiB of header. */
    public static MimeLimits defaults() {
        return new MimeLimits(1024 * 1024, 32, 8 * 1024);
    }

    public MimeLimits {
        if (maxOctets < 1 || maxParts < 1 || maxHeaderOctets < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + maxOctets + ", " + maxParts + ", " + maxHeaderOctets);
        }
    }
}
