package org.isthmus.component.sip;

import java.util.List;
import java.util.Set;

/**
 * What an operator or the composition decides about the SIP edge.
 *
 * @param listen the listening points, at least one
 * @param agent the Server and User-Agent header
 * @param acceptedTypes body types of MESSAGE that the gateway understands, lower case; others get 415
 * @param events event packages that the gateway knows, lower case; SUBSCRIBE, NOTIFY and PUBLISH for others get 489
 * @param limits the bounds
 */
public record SipEndpointSettings(
        List<SipPoint> listen, String agent, Set<String> acceptedTypes, Set<String> events, SipLimits limits) {

    public SipEndpointSettings {
        listen = List.copyOf(listen);
        acceptedTypes = Set.copyOf(acceptedTypes);
        events = Set.copyOf(events);
        if (listen.isEmpty()) {
            throw new IllegalArgumentException("listen: empty (expected: at least one address)");
        }
    }

    /** With the event packages there are: presence, answered 405 until it is served, but not 489. */
    public SipEndpointSettings(List<SipPoint> listen, String agent, Set<String> acceptedTypes, SipLimits limits) {
        this(listen, agent, acceptedTypes, Set.of("presence"), limits);
    }

    /** The given points, text/plain, default bounds. */
    public static SipEndpointSettings of(List<SipPoint> listen) {
        return new SipEndpointSettings(listen, "Isthmus", Set.of("text/plain"), SipLimits.DEFAULTS);
    }
}
