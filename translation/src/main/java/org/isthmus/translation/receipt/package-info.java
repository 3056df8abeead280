/** Receipts and markers of XMPP users to notifications of SIP users, and back (RFC 5438, XEP-0184, XEP-0333). */
@NullMarked
package org.isthmus.translation.receipt;

import org.jspecify.annotations.NullMarked;
