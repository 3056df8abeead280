/**
 * Session descriptions (RFC 8866) as far as message sessions need them (RFC 4975 §8, RFC 4145, RFC 6714, RFC 8122). Lines
 * that nothing here understands are kept as they are.
 */
@NullMarked
package org.isthmus.translation.sdp;

import org.jspecify.annotations.NullMarked;
