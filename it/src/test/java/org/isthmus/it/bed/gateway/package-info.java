/** The gateway under test, as the program that operators run. */
@NullMarked
package org.isthmus.it.bed.gateway;

import org.jspecify.annotations.NullMarked;
