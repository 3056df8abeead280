/** Stanza errors and SIP status codes, both ways (RFC 7247 §7). */
@NullMarked
package org.isthmus.translation.error;

import org.jspecify.annotations.NullMarked;
