/** Extensions of a message that its translation looks at, one file an extension. All others stay behind. */
@NullMarked
package org.isthmus.translation.payload;

import org.jspecify.annotations.NullMarked;
