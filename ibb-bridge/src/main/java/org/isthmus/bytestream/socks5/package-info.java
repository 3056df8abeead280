/**
 * SOCKS5 bytestreams (XEP-0065 version 1.8.2), both roles: as requester with our own stream host and the proxies of our
 * server, as target dialling what the requester offers. The octets move on the loops of Netty; a connection is not read
 * without demand, and not written beyond what its socket takes.
 */
@NullMarked
package org.isthmus.bytestream.socks5;

import org.jspecify.annotations.NullMarked;
