/** Presence documents: PIDF (RFC 3863), its data model (RFC 4479) and rich presence (RFC 4480). */
@NullMarked
package org.isthmus.translation.pidf;

import org.jspecify.annotations.NullMarked;
