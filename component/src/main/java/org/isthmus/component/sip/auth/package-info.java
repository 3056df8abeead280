/** Digest authentication towards next hops that ask for it (RFC 3261 §22, RFC 7616, RFC 8760). */
@NullMarked
package org.isthmus.component.sip.auth;

import org.jspecify.annotations.NullMarked;
