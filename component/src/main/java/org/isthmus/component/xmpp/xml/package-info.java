/**
 * XML of a component stream: bytes to elements under limits, and elements to bytes that a server cannot object to. Knows
 * no stanza; {@code stream} and {@code stanza} stand on it.
 */
@NullMarked
package org.isthmus.component.xmpp.xml;

import org.jspecify.annotations.NullMarked;
