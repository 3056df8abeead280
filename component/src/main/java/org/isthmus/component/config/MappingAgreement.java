package org.isthmus.component.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.component.partner.Partner;
import org.isthmus.component.partner.Partners;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.MappingConflict;
import org.isthmus.mappings.json.JsonCursor;
import org.isthmus.mappings.json.MappingSurroundings;
import org.isthmus.mappings.spelling.HostName;

/** What mappings, links and partners must agree on. Each finding stands in the file where it is mended. */
final class MappingAgreement implements MappingSurroundings {

    private final JsonCursor root;
    private final List<LinkConfig> links;
    private final Optional<Partners> partners;

    /**
     * @param root the configuration
     * @param links those that could be read
     * @param partners empty when some could not be read; what depends on them is then not checked
     */
    MappingAgreement(JsonCursor root, List<LinkConfig> links, Optional<Partners> partners) {
        this.root = root;
        this.links = links;
        this.partners = partners;
    }

    @Override
    public Set<String> partners() {
        return new LinkedHashSet<>(root.at("partners").members().keySet());
    }

    @Override
    public List<MappingConflict> objections(DomainMapping mapping) {
        List<MappingConflict> out = new ArrayList<>();
        SipUsers sipUsers = mapping.sipUsers();
        XmppUsers xmppUsers = mapping.xmppUsers();
        String appearAs = sipUsers.appearAs();
        boolean allLinksRead = links.size() == root.at("xmpp").items("links").size();
        Optional<LinkConfig> link =
                links.stream().filter(l -> l.domain().equals(appearAs)).findFirst();
        if (link.isEmpty() && allLinksRead) {
            out.add(new MappingConflict(
                    "/sipUsers/appearAs",
                    "\"" + appearAs + "\" is not the domain of a link (known: "
                            + String.join(
                                    ", ", links.stream().map(LinkConfig::domain).toList()) + ")"));
        }
        boolean subDomain = appearAs.endsWith("." + xmppUsers.domain());
        if (link.filter(l -> l.server() == ServerKind.OPENFIRE).isPresent() && !subDomain) {
            out.add(new MappingConflict(
                    "/sipUsers/appearAs",
                    "Openfire only attaches sub-domains: \"" + appearAs + "\" is not a sub-domain of "
                            + xmppUsers.domain()));
        }
        Optional<Partner> partner = partners.flatMap(all -> all.byName(mapping.partner()));
        if (partner.filter(p -> !p.includes(sipUsers.domain())).isPresent()) {
            out.add(new MappingConflict(
                    "/sipUsers/domain",
                    "partner \"" + mapping.partner() + "\" may not speak for \"" + sipUsers.domain()
                            + "\" (its domains: "
                            + String.join(", ", partner.get().domains()) + ")"));
        }
        return out;
    }

    /** What only the compiled mappings can tell, reported against the configuration. */
    void check(DomainMappings mappings) {
        for (JsonCursor link : root.at("xmpp").items("links")) {
            link.text("domain")
                    .flatMap(MappingAgreement::unicode)
                    .ifPresent(
                            domain -> mappings.all().stream()
                                    .filter(m -> m.xmppUsers().domain().equals(domain))
                                    .findFirst()
                                    .ifPresent(
                                            m -> link.problem(
                                                    "domain",
                                                    "\"" + domain + "\" is where the XMPP users of mapping \""
                                                            + m.name()
                                                            + "\" live: the server hosts that name itself and cannot attach a link to it")));
        }
        for (Map.Entry<String, JsonCursor> member :
                root.at("partners").members().entrySet()) {
            for (JsonCursor item : member.getValue().items("domains")) {
                item.asText().ifPresent(domain -> checkDomain(mappings, member.getKey(), item, domain));
            }
        }
    }

    private static void checkDomain(DomainMappings mappings, String partner, JsonCursor item, String domain) {
        if (domain.equals(Partner.ANY)) {
            boolean used = mappings.all().stream()
                    .anyMatch(m ->
                            m.partner().equals(partner) && m.sipUsers().domain().equals(DomainMapping.ANY));
            if (!used) {
                item.problem(
                        "\"*\" is only for the partner of a mapping whose sipUsers.domain is \"*\"; list its domains");
            }
            return;
        }
        unicode(domain)
                .map(HostName::toAscii)
                .filter(mappings::isXmppHost)
                .ifPresent(host -> item.problem("\"" + host
                        + "\" is the domain of XMPP users: a partner may never claim an XMPP user's address"));
    }

    private static Optional<String> unicode(String domain) {
        try {
            return Optional.of(HostName.toUnicode(domain));
        } catch (IllegalArgumentException toldBefore) {
            return Optional.empty();
        }
    }
}
