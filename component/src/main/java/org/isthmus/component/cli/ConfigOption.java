package org.isthmus.component.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.isthmus.component.config.ConfigLoader;
import org.isthmus.component.config.GatewayConfig;
import org.isthmus.mappings.json.Reading;
import picocli.CommandLine.Option;

/** {@code --config FILE}, the same in every command that needs the configuration. */
final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "isthmus.json",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("isthmus.json");

    /** Which file it is. */
    Path file() {
        return file;
    }

    /**
     * The configuration, or empty after its problems were printed, one a line; the command then ends with
     * {@link ExitCodes#CONFIGURATION}.
     */
    Optional<GatewayConfig> load(PrintWriter err) {
        return load(file, err);
    }

    /** The same without asking for the secrets. */
    Optional<GatewayConfig> loadWithoutSecrets(PrintWriter err) {
        return told(ConfigLoader.loadWithoutSecrets(file), err);
    }

    static Optional<GatewayConfig> load(Path file, PrintWriter err) {
        return told(ConfigLoader.load(file), err);
    }

    private static Optional<GatewayConfig> told(Reading<GatewayConfig> reading, PrintWriter err) {
        Optional<GatewayConfig> read = reading.fold(
                config -> {
                    config.warnings().forEach(warning -> err.println("warning: " + warning));
                    return Optional.of(config);
                },
                problems -> {
                    problems.forEach(err::println);
                    return Optional.<GatewayConfig>empty();
                });
        err.flush();
        return read;
    }
}
