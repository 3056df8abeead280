/** TLS. */
package org.isthmus.msrp.tls;
