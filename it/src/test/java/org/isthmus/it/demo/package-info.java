/** The demonstration: everything real, on free loopback ports, ended by itself. */
@org.jspecify.annotations.NullMarked
package org.isthmus.it.demo;
