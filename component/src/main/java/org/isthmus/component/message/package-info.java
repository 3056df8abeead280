/** Single messages: XMPP messages to SIP MESSAGE requests and back (RFC 7572). */
@NullMarked
package org.isthmus.component.message;

import org.jspecify.annotations.NullMarked;
