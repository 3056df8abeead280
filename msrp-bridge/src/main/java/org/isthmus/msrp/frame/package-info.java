/**
 * The values of MSRP: URIs, header fields, heads, pieces and ends of frames (RFC 4975 §6, §7, §9, §10; RFC 4976 §4). All
 * immutable, free of Netty but for the reading of addresses.
 */
@NullMarked
package org.isthmus.msrp.frame;

import org.jspecify.annotations.NullMarked;
