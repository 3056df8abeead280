/** Which characters may go where: XML 1.0 §2.2, SIP header values (RFC 3261 §25.1), charsets of received text. */
@NullMarked
package org.isthmus.translation.text;

import org.jspecify.annotations.NullMarked;
