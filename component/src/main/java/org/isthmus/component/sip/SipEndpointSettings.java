package org.isthmus.component.sip;

import java.util.List;
import java.util.Set;

/**
 * What an operator or the composition decides about the SIP edge.
 *
 * @param listen the listening points, at least one
 * @param agent the Server and User-Agent header
 * @param acceptedTypes body types of MESSAGE that the gateway understands, lower case; others get 415
 * @param limits the bounds
 */
public record SipEndpointSettings(List<SipPoint> listen, String agent, Set<String> acceptedTypes, SipLimits limits) {

    public SipEndpointSettings {
        listen = List.copyOf(listen);
        acceptedTypes = Set.copyOf(acceptedTypes);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("listen: empty (expected: at least one address)");
        }
    }

    /** The given points, text/plain, default bounds. */
    public static SipEndpointSettings of(List<SipPoint> listen) {
        return new SipEndpointSettings(listen, "Isthmus", Set.of("text/plain"), SipLimits.DEFAULTS);
    }
}
