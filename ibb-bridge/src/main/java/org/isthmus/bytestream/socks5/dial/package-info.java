/**
 * Dialling stream hosts that a stranger named: which addresses may be dialled at all, and several of them with a head start
 * for the earlier ones.
 */
@NullMarked
package org.isthmus.bytestream.socks5.dial;

import org.jspecify.annotations.NullMarked;
