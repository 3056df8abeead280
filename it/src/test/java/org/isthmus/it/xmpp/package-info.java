/** The XMPP edge alone, against real servers. */
@NullMarked
package org.isthmus.it.xmpp;

import org.jspecify.annotations.NullMarked;
