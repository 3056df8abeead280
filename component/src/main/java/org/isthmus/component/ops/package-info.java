/** What the operator sees: health, metrics. */
@NullMarked
package org.isthmus.component.ops;

import org.jspecify.annotations.NullMarked;
