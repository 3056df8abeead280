package org.isthmus.component.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code isthmus version}. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        for (String line : new Version().getVersion()) {
            System.out.println(line);
        }
        return ExitCodes.OK;
    }
}
