/** SOCKS5 as byte streams use it (RFC 1928, XEP-0065 §5.3.2): no authentication, CONNECT to a hash, then octets. */
@NullMarked
package org.isthmus.bytestream.socks5.wire;

import org.jspecify.annotations.NullMarked;
