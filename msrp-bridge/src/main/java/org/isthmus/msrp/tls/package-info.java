/** MSRP over TLS: versions and suites of RFC 9325, verification of the peer as RFC 4975 §14.2 and §14.4 want it. */
@NullMarked
package org.isthmus.msrp.tls;

import org.jspecify.annotations.NullMarked;
