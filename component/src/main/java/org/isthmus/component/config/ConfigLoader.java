package org.isthmus.component.config;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isthmus.component.partner.Cidr;
import org.isthmus.component.partner.Partners;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.json.JsonCursor;
import org.isthmus.mappings.json.LocatedJson;
import org.isthmus.mappings.json.MappingProblem;
import org.isthmus.mappings.json.MappingsJson;
import org.isthmus.mappings.json.Reading;
import org.isthmus.mappings.json.SchemaCheck;

/**
 * Reads the configuration and the mappings file it names: either everything is good, or every problem of both files is told at
 * once. Nothing is ever assumed instead of what a file says wrongly.
 */
public final class ConfigLoader {

    private static final SchemaCheck SCHEMA = SchemaCheck.of(ConfigLoader.class, "config.schema.json");

    private final Path file;
    private final LocatedJson json;

    private final boolean checkSecrets;

    private ConfigLoader(Path file, LocatedJson json, boolean checkSecrets) {
        this.file = file;
        this.json = json;
        this.checkSecrets = checkSecrets;
    }

    /** Reads a configuration file. Blocks on files only; resolves no name and opens no connection. */
    public static Reading<GatewayConfig> load(Path file) {
        return new ConfigLoader(file, LocatedJson.read(file), true).load();
    }

    /** The same for somebody who may not read the secrets, such as an operator who asks about addresses. */
    public static Reading<GatewayConfig> loadWithoutSecrets(Path file) {
        return new ConfigLoader(file, LocatedJson.read(file), false).load();
    }

    private Reading<GatewayConfig> load() {
        SCHEMA.check(json);
        JsonCursor root = json.cursor();
        List<LinkConfig> links =
                new LinksReader(file, checkSecrets).read(root.at("xmpp").items("links"));
        List<ListenConfig> listen = new ListenReader().read(root.at("sip").items("listen"));
        Optional<Partners> partners = new PartnersReader().read(root.at("partners"));
        OpsConfig ops = ops(root.at("ops"));
        Limits limits = LimitsReader.read(root.at("limits"));
        Optional<Path> state = root.text("state").map(this::resolve);
        state.filter(folder -> Files.exists(folder) && !Files.isDirectory(folder))
                .ifPresent(folder -> root.problem("state", folder + " is not a folder"));
        Optional<Path> mappingsFile = root.text("mappings").map(this::resolve);

        List<MappingProblem> elsewhere = new ArrayList<>();
        Optional<DomainMappings> mappings = mappingsFile.flatMap(path -> {
            MappingAgreement agreement = new MappingAgreement(root, links, partners);
            Optional<DomainMappings> read = MappingsJson.read(path, agreement).fold(Optional::of, problems -> {
                elsewhere.addAll(problems);
                return Optional.<DomainMappings>empty();
            });
            read.ifPresent(agreement::check);
            return read;
        });
        List<MappingProblem> problems = new ArrayList<>(json.problems());
        problems.addAll(elsewhere);
        if (!problems.isEmpty()) {
            return new Reading.Bad<>(problems);
        }
        return new Reading.Good<>(new GatewayConfig(
                file,
                links,
                listen,
                partners.orElseThrow(),
                mappingsFile.orElseThrow(),
                mappings.orElseThrow(),
                state.orElseThrow(),
                ops,
                LogFormat.TEXT,
                limits,
                json.warnings()));
    }

    private static OpsConfig ops(JsonCursor ops) {
        InetAddress address = ops.text("address")
                .flatMap(text -> {
                    try {
                        return Optional.of(Cidr.address(text));
                    } catch (IllegalArgumentException bad) {
                        ops.problem("address", String.valueOf(bad.getMessage()));
                        return Optional.empty();
                    }
                })
                .orElse(OpsConfig.OFF.address());
        return new OpsConfig(address, ops.integer("port").orElse(0));
    }

    /** A relative path is relative to the file that names it. */
    private Path resolve(String path) {
        return file.resolveSibling(path).normalize();
    }
}
