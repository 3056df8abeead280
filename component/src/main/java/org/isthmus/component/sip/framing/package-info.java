/**
 * SIP messages between octets and objects: framing of streams, heads as fields, one way for the grammar to fail, and
 * responses written from the head of their request (RFC 3261 §7, §8.2.6, §18).
 */
@NullMarked
package org.isthmus.component.sip.framing;

import org.jspecify.annotations.NullMarked;
