package org.isthmus.msrp.frame;

import java.nio.ByteBuffer;

/**
 * Octets of a body, as they came.
 *
 * @param data never written again by the decoder, so it may be kept; it may be a part of a larger array, which holds
 *     neighbouring octets of the connection: do not reach beyond its bounds, do not write into it
 */
public record MsrpPiece(ByteBuffer data) implements MsrpPart {

    /** The size only: bodies do not reach a log. */
    @Override
    public String toString() {
        return data.remaining() + " octets";
    }
}
