/** XMPP byte streams: stream initiation, in-band and SOCKS5 (XEP-0095, XEP-0047, XEP-0065). */
@NullMarked
package org.isthmus.bytestream;

import org.jspecify.annotations.NullMarked;
