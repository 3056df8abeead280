/** What every relay shares: owners and their stripes, the ports to both networks, and the one table of refusals. */
@NullMarked
package org.isthmus.component.conversation;

import org.jspecify.annotations.NullMarked;
