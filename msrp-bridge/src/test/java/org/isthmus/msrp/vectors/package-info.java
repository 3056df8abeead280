/** The shared vectors of MSRP and who executes them. */
@org.jspecify.annotations.NullMarked
package org.isthmus.msrp.vectors;
