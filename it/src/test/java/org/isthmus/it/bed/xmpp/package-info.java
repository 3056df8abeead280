/** The XMPP shore: real servers, and clients of people. */
@NullMarked
package org.isthmus.it.bed.xmpp;

import org.jspecify.annotations.NullMarked;
