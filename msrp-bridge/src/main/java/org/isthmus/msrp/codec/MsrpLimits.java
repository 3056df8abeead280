package org.isthmus.msrp.codec;

/**
 * What a peer may make the decoder hold. Bodies are not among it: they are passed on as they come.
 *
 * @param maxHeadBytes octets of start line and header section together; more closes the connection
 * @param maxHeaderFields header fields in one frame, paths included; more closes the connection
 * @param maxPathUris URIs in one To-Path, From-Path or Use-Path; more is a 400
 */
public record MsrpLimits(int maxHeadBytes, int maxHeaderFields, int maxPathUris) {

    /** Smallest head a peer must get through: two paths of a few URIs and the usual fields. */
    private static final int LEAST_HEAD = 512;

    public MsrpLimits {
        require("maxHeadBytes", maxHeadBytes, LEAST_HEAD);
        require("maxHeaderFields", maxHeaderFields, 8);
        require("maxPathUris", maxPathUris, 1);
    }

    /** 16 KiB of head, 64 fields, 16 URIs in a path. */
    public static MsrpLimits defaults() {
        return new MsrpLimits(16 * 1024, 64, 16);
    }

    public MsrpLimits withMaxHeadBytes(int octets) {
        return new MsrpLimits(octets, maxHeaderFields, maxPathUris);
    }

    public MsrpLimits withMaxHeaderFields(int count) {
        return new MsrpLimits(maxHeadBytes, count, maxPathUris);
    }

    private static void require(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " or more)");
        }
    }
}
