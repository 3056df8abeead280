/**
 * Octets to messages and back: UDP and TCP points of our own behind JAIN-SIP's {@code MessageProcessorFactory}, framing
 * and counting of headers before any grammar (RFC 3261 §7, §18), and answers that need no transaction.
 */
@NullMarked
package org.isthmus.component.sip.wire;

import org.jspecify.annotations.NullMarked;
