package org.isthmus.component.config;

/**
 * One component link (XEP-0114).
 *
 * @param domain the domain it serves, in U-labels; no other link serves it
 * @param host where the XMPP server listens for components
 * @param port 1-65535
 * @param secret read anew at each connection, so that it can be changed
 */
public record LinkConfig(String domain, String host, int port, ServerKind server, Secret secret, LinkTls tls) {}
