/** Benchmarks: figures as ratios inside one run, never a test. */
@NullMarked
package org.isthmus.it.bench;

import org.jspecify.annotations.NullMarked;
