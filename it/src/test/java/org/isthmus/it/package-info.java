/** Proof: scenes against real servers and agents, and the layering of the whole. */
@NullMarked
package org.isthmus.it;

import org.jspecify.annotations.NullMarked;
