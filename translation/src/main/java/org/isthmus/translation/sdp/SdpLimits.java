package org.isthmus.translation.sdp;

/**
 * Bounds of a description that is read.
 *
 * @param maxOctets octets in all
 * @param maxLines lines in all
 * @param maxMedia media descriptions
 */
public record SdpLimits(int maxOctets, int maxLines, int maxMedia) {

    /** 64 KiB, 1,000 lines, 32 media descriptions. */
    public static SdpLimits defaults() {
        return new SdpLimits(64 * 1024, 1_000, 32);
    }

    public SdpLimits {
        if (maxOctets < 1 || maxLines < 1 || maxMedia < 0) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + maxOctets + ", " + maxLines + ", " + maxMedia);
        }
    }
}
