package org.isthmus.component.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.isthmus.component.config.ConfigLoader;
import org.isthmus.component.config.GatewayConfig;
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

    static Optional<GatewayConfig> load(Path file, PrintWriter err) {
        return ConfigLoader.load(file).fold(Optional::of, problems -> {
            problems.forEach(err::println);
            err.flush();
            return Optional.empty();
        });
    }
}
