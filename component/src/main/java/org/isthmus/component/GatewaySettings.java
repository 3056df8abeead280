package org.isthmus.component;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.isthmus.component.conversation.StripeLimits;
import org.isthmus.component.message.TurnLimits;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipEndpointSettings;
import org.isthmus.component.xmpp.stream.LinkSettings;
import org.isthmus.mappings.DomainMappings;

/**
 * Everything the gateway is made of, checked and resolved.
 *
 * @param version of the program, for disco and logs
 * @param links one for each domain on an XMPP server
 * @param sip listening points and bounds of the SIP edge
 * @param partners who may speak SIP, and where requests to them go
 * @param mappings who appears as whom
 * @param state the folder that survives restarts
 * @param ops where health and metrics listen; empty: nowhere
 * @param stripes how much may wait
 * @param turns when two automata are stopped
 * @param drain how long pending messages get at an orderly stop
 */
public record GatewaySettings(
        String version,
        List<LinkSettings> links,
        SipEndpointSettings sip,
        PartnerView partners,
        DomainMappings mappings,
        Path state,
        Optional<InetSocketAddress> ops,
        StripeLimits stripes,
        TurnLimits turns,
        Duration drain) {

    public GatewaySettings {
        links = List.copyOf(links);
    }
}
