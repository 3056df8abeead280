package org.isthmus.it.bed;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Turns an assumption that does not hold into a failure: a test that did not run proves nothing and looks like a pass. Active for
 * every test of this module; {@code @Disabled} and its relatives are ignored by {@code junit-platform.properties}.
 */
public final class NoSkips implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw unskipped(failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw unskipped(failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw unskipped(failure);
    }

    private static Throwable unskipped(Throwable failure) {
        return failure instanceof TestAbortedException
                ? new AssertionError("a skipped test fails the build", failure)
                : failure;
    }
}
