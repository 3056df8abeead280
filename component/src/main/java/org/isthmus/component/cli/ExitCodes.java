package org.isthmus.component.cli;

/** What the shell is told (sysexits). */
final class ExitCodes {

    static final int OK = 0;
    static final int USAGE = 64;
    static final int UNAVAILABLE = 69;
    static final int SOFTWARE = 70;
    static final int CONFIGURATION = 78;

    private ExitCodes() {}

    static int of(Throwable failure) {
        if (failure instanceof picocli.CommandLine.ParameterException) {
            return USAGE;
        }
        return SOFTWARE;
    }
}
