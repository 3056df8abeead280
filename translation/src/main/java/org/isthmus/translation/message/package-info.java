/** Pager-mode messages (RFC 7572, RFC 3428, RFC 6121 §5). */
@NullMarked
package org.isthmus.translation.message;

import org.jspecify.annotations.NullMarked;
