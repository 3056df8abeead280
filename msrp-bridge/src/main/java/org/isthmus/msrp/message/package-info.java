/**
 * Messages over the transaction level: chunking and reassembly, reports, flow control by {@link
 * java.util.concurrent.Flow}. RFC 4975 §5.1, §5.3, §7.1.1, §7.3.
 *
 * <p>A message is handled on the event loop of its connection; its public methods may be called from anywhere, and what
 * it calls is called on that loop and must not block.
 */
@NullMarked
package org.isthmus.msrp.message;

import org.jspecify.annotations.NullMarked;
