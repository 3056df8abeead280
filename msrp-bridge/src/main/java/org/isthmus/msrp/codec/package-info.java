/**
 * MSRP on the wire: framing and syntax of RFC 4975 §7 and §9.
 *
 * <p>A frame is never held as a whole. {@link org.isthmus.msrp.codec.MsrpDecoder} turns octets into a
 * {@link org.isthmus.msrp.frame.MsrpHead head}, any number of {@link org.isthmus.msrp.frame.MsrpPiece pieces} of the
 * body and an {@link org.isthmus.msrp.frame.MsrpEnd end}; {@link org.isthmus.msrp.codec.MsrpEncoder} writes frames.
 */
@NullMarked
package org.isthmus.msrp.codec;

import org.jspecify.annotations.NullMarked;
