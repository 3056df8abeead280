/** An RFC 4975 engine. */
@NullMarked
package org.isthmus.msrp;

import org.jspecify.annotations.NullMarked;
