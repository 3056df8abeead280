package org.isthmus.component;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.component.config.Limits;
import org.isthmus.component.config.LinkConfig;
import org.isthmus.component.config.LinkTls;
import org.isthmus.component.config.ListenConfig;
import org.isthmus.component.config.OpsConfig;
import org.isthmus.component.config.Transport;
import org.isthmus.component.conversation.StripeLimits;
import org.isthmus.component.message.TurnLimits;
import org.isthmus.component.partner.Partner;
import org.isthmus.component.partner.Partners;
import org.isthmus.component.sip.PartnerView;
import org.isthmus.component.sip.SipEndpointSettings;
import org.isthmus.component.sip.SipLimits;
import org.isthmus.component.sip.SipPoint;
import org.isthmus.component.sip.SipRoute;
import org.isthmus.component.sip.SipTransport;
import org.isthmus.component.xmpp.stream.LinkLimits;
import org.isthmus.component.xmpp.stream.LinkSettings;
import org.isthmus.component.xmpp.stream.ServerKind;
import org.isthmus.component.xmpp.stream.TlsMode;
import org.isthmus.component.xmpp.xml.StreamLimits;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.translation.message.SipToMessage;

/** What the operator wrote, as each part of the gateway wants it. */
public final class SettingsFromConfig {

    private SettingsFromConfig() {}

    /**
     * The settings of a good configuration.
     *
     * @param version of the program
     */
    public static GatewaySettings of(GatewayConfig config, String version) {
        Limits limits = config.limits();
        return new GatewaySettings(
                version,
                config.links().stream().map(link -> link(link, limits)).toList(),
                new SipEndpointSettings(
                        config.listen().stream().map(SettingsFromConfig::point).toList(),
                        "Isthmus",
                        Set.copyOf(SipToMessage.ACCEPT),
                        Set.of(),
                        sip(limits)),
                partners(config.partners(), config.mappings()),
                config.mappings(),
                config.state(),
                config.ops().port() == OpsConfig.OFF.port()
                        ? Optional.empty()
                        : Optional.of(new InetSocketAddress(
                                config.ops().address(), config.ops().port())),
                stripes(limits),
                new TurnLimits(limits.turns(), limits.turnWindow(), limits.turnPause()),
                limits.drain());
    }

    /** One link; also what {@code check-config --connect} tries. */
    public static LinkSettings link(LinkConfig link, Limits limits) {
        LinkLimits usual = LinkLimits.DEFAULT;
        return new LinkSettings(
                link.domain(),
                link.host(),
                link.port(),
                ServerKind.valueOf(link.server().name()),
                link.secret(),
                link.tls() == LinkTls.DIRECT ? TlsMode.DIRECT : TlsMode.OFF,
                Optional.empty(),
                StreamLimits.DEFAULT,
                new LinkLimits(
                        limits.stanza(),
                        limits.linkBuffer(),
                        usual.connectTimeout(),
                        usual.handshakeTimeout(),
                        usual.pingInterval(),
                        usual.pingTimeout(),
                        usual.writeStall(),
                        usual.closeGrace(),
                        usual.retryFirst(),
                        usual.retryCap(),
                        usual.retryConfiguration(),
                        usual.stableAfter()));
    }

    /** Where requests to a partner go; also what {@code check-config --connect} asks. */
    public static SipRoute route(Partner partner) {
        return new SipRoute(partner.route(), partner.largeOverTcp());
    }

    private static SipPoint point(ListenConfig listen) {
        return new SipPoint(
                listen.transport() == Transport.UDP ? SipTransport.UDP : SipTransport.TCP,
                listen.address(),
                listen.port(),
                listen.advertise());
    }

    private static SipLimits sip(Limits limits) {
        return SipLimits.DEFAULTS
                .withMessageOctets(limits.sipMessage())
                .withConnections(limits.sipConnections(), limits.sipConnectionsPerAddress());
    }

    private static StripeLimits stripes(Limits limits) {
        StripeLimits usual = StripeLimits.defaults();
        return new StripeLimits(
                limits.pairMessages(),
                limits.pairOctets(),
                Math.max(usual.stripeTasks(), limits.pairMessages()),
                Math.max(usual.stripeOctets(), limits.pairOctets()));
    }

    private static PartnerView partners(Partners partners, DomainMappings mappings) {
        Set<String> xmppHosts = mappings.all().stream()
                .flatMap(mapping -> Stream.of(
                        mapping.xmppUsers().domain(), mapping.xmppUsers().appearAs()))
                .collect(Collectors.toUnmodifiableSet());
        return new PartnerView() {

            @Override
            public Optional<String> partnerOf(InetAddress source) {
                return partners.find(source).map(Partner::name);
            }

            @Override
            public boolean mayClaim(String partner, String domain) {
                return partners.byName(partner)
                        .filter(known -> known.includes(domain))
                        .isPresent();
            }

            @Override
            public boolean isXmppDomain(String domain) {
                return xmppHosts.contains(domain);
            }

            @Override
            public Optional<SipRoute> routeOf(String partner) {
                return partners.byName(partner).map(SettingsFromConfig::route);
            }
        };
    }
}
