package org.isthmus.mappings.json;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.isthmus.mappings.Alias;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.SipUri;
import org.isthmus.mappings.SipUriSyntaxException;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.MalformedSpelling;
import org.xmpp.packet.JID;

/** Reads the mappings file; {@code mappings.schema.json} beside this class describes its shape. */
public final class MappingsJson {

    private static final SchemaCheck SCHEMA = SchemaCheck.of(MappingsJson.class, "mappings.schema.json");

    private final LocatedJson json;
    private final MappingSurroundings surroundings;
    private final Map<String, DomainMapping> mappings = new LinkedHashMap<>();
    private final Map<String, Alias> aliases = new LinkedHashMap<>();

    private MappingsJson(LocatedJson json, MappingSurroundings surroundings) {
        this.json = json;
        this.surroundings = surroundings;
    }

    /** Reads and compiles a file, or tells everything that is wrong with it. */
    public static Reading<DomainMappings> read(Path file, MappingSurroundings surroundings) {
        return read(LocatedJson.read(file), surroundings);
    }

    /** Reads and compiles a file that is already parsed. */
    public static Reading<DomainMappings> read(LocatedJson json, MappingSurroundings surroundings) {
        return new MappingsJson(json, surroundings).read();
    }

    private Reading<DomainMappings> read() {
        SCHEMA.check(json);
        JsonCursor root = json.cursor();
        root.items("mappings").forEach(this::mapping);
        root.items("aliases").forEach(this::alias);
        DomainMappings.conflicts(mappings, aliases).forEach(c -> json.problem(c.pointer(), c.text()));
        return json.problems().isEmpty()
                ? new Reading.Good<>(DomainMappings.of(List.copyOf(mappings.values()), List.copyOf(aliases.values())))
                : new Reading.Bad<>(json.problems());
    }

    private void mapping(JsonCursor entry) {
        Set<String> partners = surroundings.partners();
        Optional<String> partner = entry.text("partner");
        partner.filter(name -> !partners.contains(name))
                .ifPresent(name -> entry.problem(
                        "partner",
                        "\"" + name + "\" is not a partner (known: "
                                + (partners.isEmpty() ? "none" : String.join(", ", partners)) + ")"));
        JsonCursor sip = entry.at("sipUsers");
        JsonCursor xmpp = entry.at("xmppUsers");
        Style style = sip.text("style").filter("escaped"::equals).isPresent() ? Style.ESCAPED : Style.PLAIN;
        boolean anyDomain = sip.text("domain").filter(DomainMapping.ANY::equals).isPresent();
        if (anyDomain && style == Style.PLAIN) {
            sip.problem("domain", "\"*\" needs \"style\": \"escaped\", or the SIP domain is lost on the way back");
        }
        Optional<String> sipDomain = anyDomain ? Optional.of(DomainMapping.ANY) : host(sip, "domain");
        Optional<String> sipAppearAs = host(sip, "appearAs");
        Optional<String> xmppDomain = host(xmpp, "domain");
        Optional<String> xmppAppearAs = host(xmpp, "appearAs");
        Optional<String> name = entry.text("name");
        boolean complete = name.isPresent()
                && partner.isPresent()
                && sipDomain.isPresent()
                && sipAppearAs.isPresent()
                && xmppDomain.isPresent()
                && xmppAppearAs.isPresent()
                && !(anyDomain && style == Style.PLAIN);
        if (complete) {
            DomainMapping mapping = new DomainMapping(
                    name.get(),
                    partner.get(),
                    new SipUsers(sipDomain.get(), sipAppearAs.get(), style),
                    new XmppUsers(xmppDomain.get(), xmppAppearAs.get()));
            mappings.put(entry.pointer(), mapping);
            surroundings
                    .objections(mapping)
                    .forEach(objection -> json.problem(entry.pointer() + objection.pointer(), objection.text()));
        }
    }

    private void alias(JsonCursor entry) {
        Optional<String> mapping = entry.text("mapping");
        Optional<JID> jid = entry.text("jid").flatMap(text -> {
            try {
                JID read = Jids.parse(text);
                if (read.getResource() != null) {
                    entry.problem("jid", "expected a JID without a resource");
                }
                return Optional.of(read);
            } catch (JidSyntaxException bad) {
                entry.problem("jid", "not a JID: " + bad.getMessage());
                return Optional.empty();
            }
        });
        Optional<SipUri> uri = entry.text("uri").flatMap(text -> {
            try {
                return Optional.of(SipUri.parse(text));
            } catch (SipUriSyntaxException bad) {
                entry.problem("uri", "not a SIP URI: " + bad.getMessage());
                return Optional.empty();
            }
        });
        if (mapping.isPresent() && jid.isPresent() && uri.isPresent()) {
            aliases.put(entry.pointer(), new Alias(mapping.get(), jid.get(), uri.get()));
        }
    }

    private static Optional<String> host(JsonCursor population, String key) {
        return population.text(key).flatMap(text -> {
            try {
                return Optional.of(HostName.toAscii(text));
            } catch (MalformedSpelling bad) {
                population.problem(key, "\"" + text + "\": " + bad.expectation());
                return Optional.empty();
            }
        });
    }
}
