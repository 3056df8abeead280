/** Who is who: SIP URIs, JIDs and the mapping between them (RFC 7247 section 6, XEP-0106). Pure; no I/O outside {@code directory}. */
@NullMarked
package org.isthmus.mappings;

import org.jspecify.annotations.NullMarked;
