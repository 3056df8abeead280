/** The SIP networks that are trusted: who they are by their source address, and in whose name they may write. */
@NullMarked
package org.isthmus.component.partner;

import org.jspecify.annotations.NullMarked;
