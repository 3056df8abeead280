package org.isthmus.component.config;

/** How the stream to an XMPP server is protected. */
public enum LinkTls {
    /** Clear text: for loopback or a network of its own. */
    OFF,
    /** TLS from the first octet on the server's TLS component port. */
    DIRECT
}
