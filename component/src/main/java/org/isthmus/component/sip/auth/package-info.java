/** Digest authentication towards next hops that ask for it (RFC 3261 §22): the seam only, so far. */
@NullMarked
package org.isthmus.component.sip.auth;

import org.jspecify.annotations.NullMarked;
