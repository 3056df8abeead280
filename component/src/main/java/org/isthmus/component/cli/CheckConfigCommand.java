package org.isthmus.component.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.isthmus.component.config.GatewayConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code isthmus check-config}: every problem, one a line on standard error, exit 78; or a summary, exit 0. With
 * {@code --connect} also what the servers say, exit 69 when one refuses or is not there.
 */
@Command(
        name = "check-config",
        description = "Checks the configuration and the mappings without starting anything.",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCodes.USAGE)
final class CheckConfigCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The same as --config FILE.")
    private @Nullable Path file;

    @Option(
            names = "--connect",
            description = "Also tries each link and each route; ends with 69 when one does not work.")
    private boolean connect;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec self = Objects.requireNonNull(spec, "spec");
        PrintWriter out = self.commandLine().getOut();
        PrintWriter err = self.commandLine().getErr();
        Optional<GatewayConfig> loaded = ConfigOption.load(file == null ? config.file() : file, err);
        if (loaded.isEmpty()) {
            return ExitCodes.CONFIGURATION;
        }
        ConfigSummary.of(loaded.get()).forEach(out::println);
        out.println("configuration is good");
        out.flush();
        if (connect && !ConnectionCheck.of(loaded.get(), out, err)) {
            return ExitCodes.UNAVAILABLE;
        }
        return ExitCodes.OK;
    }
}
