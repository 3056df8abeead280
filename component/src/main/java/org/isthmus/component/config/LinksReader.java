package org.isthmus.component.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.isthmus.mappings.json.JsonCursor;
import org.isthmus.mappings.spelling.HostName;
import org.isthmus.mappings.spelling.MalformedSpelling;

/** {@code xmpp.links}: each domain served by exactly one link. */
final class LinksReader {

    private final Path file;
    private final boolean checkSecrets;
    private final Map<String, String> served = new HashMap<>();

    /**
     * @param file the configuration file, which relative paths are relative to
     * @param checkSecrets whether the secrets must be readable here and now
     */
    LinksReader(Path file, boolean checkSecrets) {
        this.file = file;
        this.checkSecrets = checkSecrets;
    }

    List<LinkConfig> read(List<JsonCursor> links) {
        List<LinkConfig> out = new ArrayList<>();
        links.forEach(link -> read(link).ifPresent(out::add));
        return out;
    }

    private Optional<LinkConfig> read(JsonCursor link) {
        Optional<String> domain = link.text("domain").flatMap(text -> {
            try {
                return Optional.of(HostName.toUnicode(text));
            } catch (MalformedSpelling bad) {
                link.problem("domain", "\"" + text + "\": " + bad.expectation());
                return Optional.empty();
            }
        });
        domain.ifPresent(name -> {
            String other = served.putIfAbsent(name, link.pointer());
            if (other != null) {
                link.problem(
                        "domain",
                        "\"" + name + "\" is already served by " + other
                                + "; some servers would spread its stanzas over both links at random");
            }
        });
        ServerKind server = link.text("server").flatMap(LinksReader::server).orElse(ServerKind.OTHER);
        Optional<Secret> secret = secret(link.at("secret"));
        LinkTls tls = tls(link);
        if (domain.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new LinkConfig(
                domain.get(),
                link.text("host").orElse("127.0.0.1"),
                link.integer("port").orElse(server.defaultPort()),
                server,
                secret.get(),
                tls));
    }

    private static Optional<ServerKind> server(String word) {
        for (ServerKind kind : ServerKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(kind);
            }
        }
        // the schema has told it
        return Optional.empty();
    }

    private static LinkTls tls(JsonCursor link) {
        String word = link.text("tls").orElse("off");
        switch (word) {
            case "off" -> {
                return LinkTls.OFF;
            }
            case "direct" -> {
                return LinkTls.DIRECT;
            }
            case "required", "preferred", "starttls" ->
                link.problem(
                        "tls",
                        "\"" + word + "\" is not built yet: component links do not speak STARTTLS; \"direct\" is TLS on"
                                + " the server's TLS component port, \"off\" is for loopback or a network of its own");
            default -> link.problem("tls", "expected \"off\" or \"direct\"");
        }
        return LinkTls.OFF;
    }

    /** Where the secret stands, if it can be read there now. */
    private Optional<Secret> secret(JsonCursor where) {
        Optional<Secret> secret = where.text("file")
                .<Secret>map(path -> new Secret.InFile(file.resolveSibling(path).normalize()))
                .or(() -> where.text("env").map(Secret.InEnvironment::new));
        if (checkSecrets) {
            secret.flatMap(Secret::objection).ifPresent(where::problem);
            secret.flatMap(Secret::caution).ifPresent(where::warning);
        }
        return secret;
    }
}
