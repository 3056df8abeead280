/**
 * The transaction level of RFC 4975: one connection, requests and their responses, the 30 s rule, who may write next.
 * Sessions and messages are built on it and known to it only as {@link org.isthmus.msrp.transaction.TransactionUser}
 * and {@link org.isthmus.msrp.transaction.ChunkSource}.
 *
 * <p>Everything here is confined to the event loop of its connection unless it says otherwise.
 */
@NullMarked
package org.isthmus.msrp.transaction;

import org.jspecify.annotations.NullMarked;
