/** The layering of the whole house. */
@NullMarked
package org.isthmus.it.layering;

import org.jspecify.annotations.NullMarked;
