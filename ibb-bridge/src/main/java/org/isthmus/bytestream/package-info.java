/**
 * XMPP byte streams (XEP-0047, XEP-0065, XEP-0095, XEP-0096) as a library. What all methods share: the seam of byte blocks
 * ({@link java.util.concurrent.Flow}), how a stream is named, how it ends, and the thread that owns it.
 */
@NullMarked
package org.isthmus.bytestream;

import org.jspecify.annotations.NullMarked;
