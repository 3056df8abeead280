package org.isthmus.it.bed.gateway;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.isthmus.it.bed.sip.Sipp.Transport;
import org.isthmus.it.bed.xmpp.XmppServer;

/** Writes the configuration of a gateway as its operator would, into one folder. */
public final class GatewayFiles {

    private record Link(XmppServer server, String domain, String secret) {}

    private record Listen(Transport transport, String address, int port) {}

    private record Partner(String name, List<String> domains, String from, String route) {}

    private record Mapping(
            String name,
            String partner,
            String sipDomain,
            String sipAppearsAs,
            String xmppDomain,
            String xmppAppearsAs) {}

    private final Path folder;
    private final List<Link> links = new ArrayList<>();
    private final List<Listen> listens = new ArrayList<>();
    private final List<Partner> partners = new ArrayList<>();
    private final List<Mapping> mappings = new ArrayList<>();
    private final Map<String, String> limits = new TreeMap<>();
    private int opsPort;

    public GatewayFiles(Path folder) {
        this.folder = folder;
    }

    /** Attaches to the server's place for components of this domain, with the secret that the server knows. */
    public GatewayFiles link(XmppServer server, String domain) {
        return link(
                server,
                domain,
                server.plan().components().stream()
                        .filter(component -> component.domain().equals(domain))
                        .findFirst()
                        .orElseThrow()
                        .secret());
    }

    /** Attaches with a secret of the test's choice. */
    public GatewayFiles link(XmppServer server, String domain, String secret) {
        links.add(new Link(server, domain, secret));
        return this;
    }

    /** Listens for SIP on 127.0.0.1. */
    public GatewayFiles listen(Transport transport, int port) {
        listens.add(new Listen(transport, "127.0.0.1", port));
        return this;
    }

    /**
     * Trusts a SIP network.
     *
     * @param from the network that its requests come from, {@code 127.0.0.1/32}
     * @param route the next hop of requests to it, a SIP URI
     */
    public GatewayFiles partner(String name, List<String> domains, String from, String route) {
        partners.add(new Partner(name, domains, from, route));
        return this;
    }

    /** Maps two populations onto each other; XMPP users keep their domain. */
    public GatewayFiles mapping(String name, String partner, String sipDomain, String sipAppearsAs, String xmppDomain) {
        mappings.add(new Mapping(name, partner, sipDomain, sipAppearsAs, xmppDomain, xmppDomain));
        return this;
    }

    /** Sets a limit; the value as JSON. */
    public GatewayFiles limit(String name, String json) {
        limits.put(name, json);
        return this;
    }

    /** Opens health and metrics on 127.0.0.1. */
    public GatewayFiles ops(int port) {
        opsPort = port;
        return this;
    }

    /** Where health and metrics are; 0: nowhere. */
    public int opsPort() {
        return opsPort;
    }

    /** The folder of the configuration and of the state. */
    public Path folder() {
        return folder;
    }

    /** Writes all files; {@code isthmus.json} is returned. */
    public Path write() {
        try {
            for (int i = 0; i < links.size(); i++) {
                Path secret = folder.resolve("secret-" + i);
                Files.writeString(secret, links.get(i).secret() + "\n");
                Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(folder.resolve("mappings.json"), mappingsJson());
            return Files.writeString(folder.resolve("isthmus.json"), configJson());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configJson() {
        StringBuilder linkLines = new StringBuilder();
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            linkLines
                    .append(i == 0 ? "" : ",\n")
                    .append("      { \"domain\": \"%s\", \"host\": \"127.0.0.1\", \"port\": %d, \"server\": \"%s\","
                            .formatted(
                                    link.domain(),
                                    link.server().componentPort(),
                                    link.server().software().toLowerCase(Locale.ROOT)))
                    .append(" \"secret\": { \"file\": \"secret-%d\" }, \"tls\": \"off\" }".formatted(i));
        }
        return """
                {
                  "version": 1,
                  "xmpp": { "links": [
                %s
                  ] },
                  "sip": { "listen": [
                %s
                  ] },
                  "partners": {
                %s
                  },
                  "mappings": "mappings.json",
                  "state": "state",
                  "ops": { "address": "127.0.0.1", "port": %d },
                  "limits": { %s }
                }
                """.formatted(
                        linkLines,
                        listens.stream()
                                .map(listen -> "      { \"transport\": \"%s\", \"address\": \"%s\", \"port\": %d }"
                                        .formatted(
                                                listen.transport().name().toLowerCase(Locale.ROOT),
                                                listen.address(),
                                                listen.port()))
                                .collect(joining(",\n")),
                        partners.stream().map(GatewayFiles::json).collect(joining(",\n")),
                        opsPort,
                        limits.entrySet().stream()
                                .map(limit -> "\"%s\": %s".formatted(limit.getKey(), limit.getValue()))
                                .collect(joining(", ")));
    }

    private static String json(Partner partner) {
        return "    \"%s\": { \"domains\": [%s], \"from\": [\"%s\"], \"route\": \"%s\", \"tls\": \"off\" }"
                .formatted(
                        partner.name(),
                        partner.domains().stream().map(d -> "\"" + d + "\"").collect(joining(", ")),
                        partner.from(),
                        partner.route());
    }

    private String mappingsJson() {
        return """
                {
                  "version": 1,
                  "mappings": [
                %s
                  ]
                }
                """.formatted(mappings.stream()
                .map(m -> """
                                    { "name": "%s", "partner": "%s",
                                      "sipUsers":  { "domain": "%s", "appearAs": "%s" },
                                      "xmppUsers": { "domain": "%s", "appearAs": "%s" } }""".formatted(
                        m.name(), m.partner(), m.sipDomain(), m.sipAppearsAs(), m.xmppDomain(), m.xmppAppearsAs()))
                .collect(joining(",\n")));
    }
}
