/** The XML of SOCKS5 bytestreams (XEP-0065 version 1.8.2): offers, choices, activation, proxies. */
@NullMarked
package org.isthmus.bytestream.socks5.query;

import org.jspecify.annotations.NullMarked;
