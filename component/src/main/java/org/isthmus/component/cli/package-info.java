/** The commands, one class each, no logic. */
@NullMarked
package org.isthmus.component.cli;

import org.jspecify.annotations.NullMarked;
