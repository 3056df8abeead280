/** Our own stream host: one port for all streams (XEP-0065 §5.3.2). */
@NullMarked
package org.isthmus.bytestream.socks5.host;

import org.jspecify.annotations.NullMarked;
