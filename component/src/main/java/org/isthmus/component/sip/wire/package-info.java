/**
 * UDP and TCP points of our own behind JAIN-SIP's {@code MessageProcessorFactory}: who may connect, who is read, how
 * answers leave (RFC 3261 §18, RFC 3581, RFC 5626 §4.4.1).
 */
@NullMarked
package org.isthmus.component.sip.wire;

import org.jspecify.annotations.NullMarked;
