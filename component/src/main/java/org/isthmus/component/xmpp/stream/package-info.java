/** The component stream (XEP-0114): framing, handshake, keep-alive, reconnection. */
@NullMarked
package org.isthmus.component.xmpp.stream;

import org.jspecify.annotations.NullMarked;
