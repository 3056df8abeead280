/** File offers: the SDP attributes of RFC 5547, the profile of XEP-0096, and the way between them. */
@NullMarked
package org.isthmus.translation.file;

import org.jspecify.annotations.NullMarked;
