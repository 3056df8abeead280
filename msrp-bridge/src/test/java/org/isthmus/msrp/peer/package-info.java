/** Test tools: a clock that is moved by hand, and peers that speak from a script, with a frame reader of their own. */
package org.isthmus.msrp.peer;
