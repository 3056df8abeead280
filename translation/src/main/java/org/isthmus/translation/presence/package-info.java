/** Presence of XMPP resources and of SIP tuples (RFC 8048 §6, RFC 3922 §5, RFC 4480). */
@NullMarked
package org.isthmus.translation.presence;

import org.jspecify.annotations.NullMarked;
