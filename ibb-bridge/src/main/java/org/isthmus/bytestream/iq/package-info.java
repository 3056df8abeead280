/**
 * Requests, answers and errors (RFC 6120 §8) as the byte streams need them: the port to whatever carries stanzas.
 */
@NullMarked
package org.isthmus.bytestream.iq;

import org.jspecify.annotations.NullMarked;
