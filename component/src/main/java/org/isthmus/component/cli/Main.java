package org.isthmus.component.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. Exit codes: 0 done, 64 usage, 69 unavailable, 78 configuration. */
@Command(
        name = "isthmus",
        description = "Federation gateway between XMPP and SIP/SIMPLE.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            CheckConfigCommand.class,
            TranslateCommand.class,
            MapCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeOnInvalidInput = ExitCodes.USAGE)
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        if (args.length > 0 && !args[0].equals("run")) {
            // Read by logback.xml: the output of every other command is an answer, and may be read by a program.
            System.setProperty("isthmus.log.target", "System.err");
        }
        int code = new CommandLine(new Main())
                .setExitCodeExceptionMapper(ExitCodes::of)
                .execute(args.length == 0 ? new String[] {"help"} : args);
        // JAIN-SIP leaves threads that would keep the process alive.
        System.exit(code);
    }
}
