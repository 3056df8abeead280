/** Measurements, run by hand; see {@link org.isthmus.msrp.bench.MsrpBench}. */
package org.isthmus.msrp.bench;
