package org.isthmus.component.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.component.config.LinkConfig;
import org.isthmus.component.config.ListenConfig;
import org.isthmus.component.partner.Partner;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.spelling.IpLiteral;

/** A configuration on one screen: one line a listener, link, partner and mapping. No secrets. */
final class ConfigSummary {

    private ConfigSummary() {}

    static List<String> of(GatewayConfig config) {
        List<String> out = new ArrayList<>();
        out.add("config    " + config.file());
        out.add("state     " + config.state());
        for (LinkConfig link : config.links()) {
            out.add("link      " + link.domain() + " at " + link.host() + ":" + link.port() + " ("
                    + lower(link.server()) + ", tls " + lower(link.tls()) + ", " + link.secret() + ")");
        }
        for (ListenConfig point : config.listen()) {
            String address = IpLiteral.format(point.address().getAddress());
            out.add("listen    " + lower(point.transport()) + " "
                    + (address.indexOf(':') < 0 ? address : "[" + address + "]") + ":" + point.port()
                    + point.advertise().map(name -> ", advertised as " + name).orElse(""));
        }
        for (Partner partner : config.partners().all()) {
            out.add("partner   " + partner.name() + ": " + String.join(", ", partner.domains()) + " from "
                    + String.join(
                            ", ", partner.from().stream().map(Object::toString).toList()) + " to "
                    + partner.route());
        }
        for (DomainMapping mapping : config.mappings().all()) {
            out.add("mapping   " + mapping.name() + " (partner " + mapping.partner() + "): SIP users of "
                    + mapping.sipUsers().domain() + " appear on "
                    + mapping.sipUsers().appearAs()
                    + (mapping.sipUsers().style() == Style.ESCAPED ? " (escaped)" : "") + "; XMPP users of "
                    + mapping.xmppUsers().domain() + " appear on "
                    + mapping.xmppUsers().appearAs());
        }
        out.add("aliases   " + config.mappings().aliases().size() + " in " + config.mappingsFile());
        out.add(
                config.ops().port() == 0
                        ? "ops       off"
                        : "ops       " + IpLiteral.format(config.ops().address().getAddress()) + " port "
                                + config.ops().port());
        return out;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
