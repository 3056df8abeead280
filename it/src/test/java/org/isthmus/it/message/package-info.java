/** Scenes of single messages, against real servers. */
@NullMarked
package org.isthmus.it.message;

import org.jspecify.annotations.NullMarked;
