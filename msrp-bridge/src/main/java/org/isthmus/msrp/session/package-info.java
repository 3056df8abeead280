/**
 * MSRP sessions for an application: {@link org.isthmus.msrp.session.MsrpEndpoint} listens and connects, {@link
 * org.isthmus.msrp.session.MsrpSession} sends and receives messages. RFC 4975 §5.4, RFC 6135.
 *
 * <p>Public methods may be called from any thread. Callbacks come on the event loop of the session's connection, one at a
 * time, and must not block.
 */
@NullMarked
package org.isthmus.msrp.session;

import org.jspecify.annotations.NullMarked;
