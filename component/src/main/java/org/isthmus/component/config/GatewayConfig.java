package org.isthmus.component.config;

import java.nio.file.Path;
import java.util.List;
import org.isthmus.component.partner.Partners;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.json.MappingProblem;

/**
 * A configuration that is good as a whole: every reference leads somewhere, every secret can be read, the mappings compile.
 *
 * @param file where it was read from
 * @param links at least one, each of another domain
 * @param listen at least one
 * @param mappingsFile where the mappings were read from
 * @param state folder for everything that survives the process; made when missing
 * @param warnings what is unwise and used nevertheless, for the operator to read at each start
 */
public record GatewayConfig(
        Path file,
        List<LinkConfig> links,
        List<ListenConfig> listen,
        Partners partners,
        Path mappingsFile,
        DomainMappings mappings,
        Path state,
        OpsConfig ops,
        LogFormat logFormat,
        Limits limits,
        List<MappingProblem> warnings) {

    public GatewayConfig {
        links = List.copyOf(links);
        listen = List.copyOf(listen);
        warnings = List.copyOf(warnings);
    }
}
