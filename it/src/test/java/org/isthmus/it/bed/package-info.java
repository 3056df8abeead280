/**
 * The test bed: real programs as child processes of this JVM, in temporary folders, on free loopback ports.
 *
 * <p>Nothing here needs root, a name server, a network namespace or a free well-known port, and nothing outlives the JVM:
 * each child is ended by its pid, and the kernel sends it SIGTERM should the JVM itself be killed.
 */
@NullMarked
package org.isthmus.it.bed;

import org.jspecify.annotations.NullMarked;
