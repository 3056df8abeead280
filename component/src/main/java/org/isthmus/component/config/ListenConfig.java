package org.isthmus.component.config;

import java.net.InetAddress;
import java.util.Optional;

/**
 * One address on which SIP partners reach the gateway.
 *
 * @param port 1-65535
 * @param advertise host name in A-labels or IP literal that partners see instead; present when the address is a wildcard
 */
public record ListenConfig(Transport transport, InetAddress address, int port, Optional<String> advertise) {}
