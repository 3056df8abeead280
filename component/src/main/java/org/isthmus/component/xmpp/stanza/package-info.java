/** Stanzas to records and back. */
@NullMarked
package org.isthmus.component.xmpp.stanza;

import org.jspecify.annotations.NullMarked;
