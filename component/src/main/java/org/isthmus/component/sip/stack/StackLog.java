package org.isthmus.component.sip.stack;

import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP's log on SLF4J. Its texts hold whole messages, bodies and credentials included, so only the words before the
 * first character that is not plain prose are kept, and of an exception only its class. Debug and message traces are off
 * for good. Built by JAIN-SIP.
 */
public final class StackLog implements StackLogger {

    private static final Logger log = LoggerFactory.getLogger("org.isthmus.component.sip.jain");
    private static final int MOST = 100;

    /** The signature that JAIN-SIP calls. */
    public StackLog() {}

    static String prose(@Nullable String text) {
        if (text == null) {
            return "";
        }
        int end = 0;
        while (end < text.length() && end < MOST && isProse(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end).strip();
    }

    private static boolean isProse(char c) {
        return c == ' ' || c == '-' || c == '\'' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static void warn(@Nullable String text, @Nullable Throwable failure) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "sip.jain \"{}\" {}",
                    prose(text),
                    failure == null ? "" : failure.getClass().getName());
        }
    }

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= LogLevels.TRACE_WARN;
    }

    @Override
    public void logError(String text) {
        warn(text, null);
    }

    @Override
    public void logError(String text, Exception failure) {
        warn(text, failure);
    }

    @Override
    public void logFatalError(String text) {
        log.error("sip.jain.fatal \"{}\"", prose(text));
    }

    @Override
    public void logWarning(String text) {
        warn(text, null);
    }

    @Override
    public void logException(Throwable failure) {
        warn("", failure);
    }

    @Override
    public void logInfo(String text) {
        // texts repeat messages
    }

    @Override
    public void logDebug(String text) {
        // texts repeat messages
    }

    @Override
    public void logDebug(String text, Exception failure) {
        // texts repeat messages
    }

    @Override
    public void logTrace(String text) {
        // texts repeat messages
    }

    @Override
    public void logStackTrace() {
        // where JAIN-SIP is at the moment helps nobody
    }

    @Override
    public void logStackTrace(int level) {
        // where JAIN-SIP is at the moment helps nobody
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void disableLogging() {
        // levels are SLF4J's
    }

    @Override
    public void enableLogging() {
        // levels are SLF4J's
    }

    @Override
    public void setBuildTimeStamp(String timeStamp) {
        // known from the artifact's version
    }

    @Override
    public void setStackProperties(Properties properties) {
        // levels are SLF4J's
    }

    @Override
    public String getLoggerName() {
        return log.getName();
    }
}
