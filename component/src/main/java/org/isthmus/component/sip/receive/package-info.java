/** Requests of partners: the rules of RFC 3261 §8.2 and RFC 3428 §7, and each request known once for 64*T1. */
@NullMarked
package org.isthmus.component.sip.receive;

import org.jspecify.annotations.NullMarked;
