/** Requests to partners: next hops, their queues and circuit breakers, and what became of each request. */
@NullMarked
package org.isthmus.component.sip.route;

import org.jspecify.annotations.NullMarked;
