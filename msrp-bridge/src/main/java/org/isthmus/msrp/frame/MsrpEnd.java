package org.isthmus.msrp.frame;

/**
 * The end-line of a frame.
 *
 * @param flag always {@link Continuation#COMPLETE} where a peer keeps to RFC 4975 and the frame is not a SEND
 */
public record MsrpEnd(Continuation flag) implements MsrpPart {}
