/** Media types (RFC 2045 §5.1) and multipart bodies (RFC 2046 §5.1) as SIP and MSRP carry them. */
@NullMarked
package org.isthmus.translation.mime;

import org.jspecify.annotations.NullMarked;
