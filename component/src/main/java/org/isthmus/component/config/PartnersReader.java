package org.isthmus.component.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.component.partner.Cidr;
import org.isthmus.component.partner.Partner;
import org.isthmus.component.partner.Partners;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.mappings.json.JsonCursor;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.MalformedSpelling;

/** {@code partners}: who is trusted, from where, for whom. */
final class PartnersReader {

    private final Map<Cidr, JsonCursor> networks = new HashMap<>();

    /** The partners that could be read; empty when some could not (a problem says why). */
    Optional<Partners> read(JsonCursor partners) {
        List<Partner> out = new ArrayList<>();
        boolean complete = true;
        for (Map.Entry<String, JsonCursor> member : partners.members().entrySet()) {
            Optional<Partner> partner = read(member.getKey(), member.getValue());
            partner.ifPresent(out::add);
            complete &= partner.isPresent();
        }
        return complete ? Optional.of(Partners.of(out)) : Optional.empty();
    }

    private Optional<Partner> read(String name, JsonCursor partner) {
        Set<String> domains = new LinkedHashSet<>();
        partner.items("domains")
                .forEach(item ->
                        item.asText().flatMap(text -> domain(item, text)).ifPresent(domains::add));
        List<Cidr> from = new ArrayList<>();
        partner.items("from")
                .forEach(item ->
                        item.asText().flatMap(text -> network(item, text)).ifPresent(from::add));
        Optional<SipUri> route = partner.text("route").flatMap(text -> route(partner, text));
        String tls = partner.text("tls").orElse("off");
        if (tls.equals("required") || tls.equals("preferred")) {
            partner.problem("tls", "\"" + tls + "\" is not built yet: SIP is spoken over UDP and TCP only (\"off\")");
        } else if (!tls.equals("off")) {
            partner.problem("tls", "expected \"off\"");
        }
        boolean complete = route.isPresent()
                && domains.size() == partner.items("domains").size()
                && from.size() == partner.items("from").size();
        return complete
                ? Optional.of(new Partner(
                        name,
                        domains,
                        from,
                        route.get(),
                        partner.bool("largeOverTcp").orElse(true)))
                : Optional.empty();
    }

    private static Optional<String> domain(JsonCursor item, String text) {
        if (text.equals(Partner.ANY)) {
            return Optional.of(text);
        }
        try {
            return Optional.of(HostName.toAscii(text));
        } catch (MalformedSpelling bad) {
            item.problem("\"" + text + "\": " + bad.expectation());
            return Optional.empty();
        }
    }

    private Optional<Cidr> network(JsonCursor item, String text) {
        try {
            Cidr network = Cidr.parse(text);
            if (network.isEverything()) {
                item.problem("\"" + text + "\" would trust everybody");
                return Optional.empty();
            }
            JsonCursor other = networks.putIfAbsent(network, item);
            if (other != null) {
                item.problem("\"" + text + "\" is already given by " + other.pointer());
                return Optional.empty();
            }
            return Optional.of(network);
        } catch (IllegalArgumentException bad) {
            item.problem(String.valueOf(bad.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<SipUri> route(JsonCursor partner, String text) {
        SipUri uri;
        try {
            uri = SipUri.parse(text);
        } catch (SipUriSyntaxException bad) {
            partner.problem("route", "not a SIP URI: " + bad.getMessage());
            return Optional.empty();
        }
        String transport = uri.params().getOrDefault("transport", "udp").toLowerCase(Locale.ROOT);
        if (uri.scheme().equals("sips") || transport.equals("tls")) {
            partner.problem("route", "TLS is not built yet (expected: sip: with transport=udp or transport=tcp)");
        } else if (!uri.scheme().equals("sip")) {
            partner.problem("route", "expected a sip: URI such as sip:proxy.example:5060;transport=tcp");
        } else if (!transport.equals("udp") && !transport.equals("tcp")) {
            partner.problem("route", "expected transport=udp or transport=tcp");
        } else if (uri.user().isPresent()) {
            partner.problem("route", "expected a host without a user: it is a next hop, not a person");
        } else {
            return Optional.of(uri);
        }
        return Optional.empty();
    }
}
