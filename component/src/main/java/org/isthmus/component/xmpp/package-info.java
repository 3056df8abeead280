/** The XMPP edge: links to servers, stanzas to records and back, and what the gateway answers for itself. */
@NullMarked
package org.isthmus.component.xmpp;

import org.jspecify.annotations.NullMarked;
