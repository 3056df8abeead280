package org.isthmus.component.config;

import java.net.InetAddress;

/**
 * Where monitoring asks for health and metrics, without authentication.
 *
 * @param address loopback unless the operator chose otherwise
 * @param port 1-65535, or 0: no such listener
 */
public record OpsConfig(InetAddress address, int port) {

    /** No listener. */
    public static final OpsConfig OFF = new OpsConfig(InetAddress.getLoopbackAddress(), 0);
}
