/**
 * From an accepted offer to an open stream: SOCKS5 first, in-band after it failed with the same stream id, and the memory of
 * clients for whom SOCKS5 is a waste of time.
 */
@NullMarked
package org.isthmus.bytestream.negotiation;

import org.jspecify.annotations.NullMarked;
