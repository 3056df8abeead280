/** The running gateway. */
@NullMarked
package org.isthmus.component;

import org.jspecify.annotations.NullMarked;
