/** The SIP edge: what is configured about it and whom it asks about partners. Nothing here touches the network. */
@NullMarked
package org.isthmus.component.sip;

import org.jspecify.annotations.NullMarked;
