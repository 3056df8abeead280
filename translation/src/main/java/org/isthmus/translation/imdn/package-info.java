/** Disposition notifications (RFC 5438) and their counterparts: receipts (XEP-0184) and displayed markers (XEP-0333). */
@NullMarked
package org.isthmus.translation.imdn;

import org.jspecify.annotations.NullMarked;
