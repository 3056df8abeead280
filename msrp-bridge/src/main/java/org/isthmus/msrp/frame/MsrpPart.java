package org.isthmus.msrp.frame;

/**
 * What the decoder makes of the octets it is fed. A frame is a {@link MsrpHead}, then {@link MsrpPiece}s if it has a
 * body, then a {@link MsrpEnd}; or it is one {@link MsrpBadFrame}.
 */
public sealed interface MsrpPart permits MsrpHead, MsrpPiece, MsrpEnd, MsrpBadFrame {}
