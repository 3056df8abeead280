/** Requests and responses to records and back. */
@NullMarked
package org.isthmus.component.sip.record;

import org.jspecify.annotations.NullMarked;
