package org.isthmus.component.sip.stack;

import java.util.Map;
import java.util.Properties;
import org.isthmus.component.sip.SipLimits;

/** Every JAIN-SIP property that differs from its default, each with its reason. */
final class StackProperties {

    private static final String NIST = "gov.nist.javax.sip.";

    private StackProperties() {}

    static Properties of(String stackName, SipLimits limits) {
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("javax.sip.STACK_NAME", stackName),
                // Dialogs are made on purpose; a MESSAGE makes none (RFC 3428 §4).
                Map.entry("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off"),
                Map.entry(NIST + "AUTOMATIC_DIALOG_ERROR_HANDLING", "false"),
                // Our own extensions, found through StackHooks.
                Map.entry("javax.sip.ROUTER_PATH", StackRouter.class.getName()),
                Map.entry(NIST + "STACK_LOGGER", StackLog.class.getName()),
                Map.entry(NIST + "SERVER_LOGGER", StackMessageLog.class.getName()),
                Map.entry(NIST + "TIMER_CLASS_NAME", StackTimer.class.getName()),
                Map.entry(NIST + "MESSAGE_PROCESSOR_FACTORY", StackPoints.class.getName()),
                // Callbacks on the reading thread: any pool or event thread between would break a peer's order.
                Map.entry(NIST + "REENTRANT_LISTENER", "true"),
                Map.entry(NIST + "THREAD_POOL_SIZE", "1"),
                Map.entry(NIST + "TCP_POST_PARSING_THREAD_POOL_SIZE", "0"),
                // Default priority is the highest there is: a flood would starve the rest of the gateway.
                Map.entry(NIST + "THREAD_PRIORITY", String.valueOf(Thread.NORM_PRIORITY)),
                // 5.9 -> 1.9 KB per lingering transaction, 70 -> 45 us per MESSAGE (measured).
                Map.entry(NIST + "RELEASE_REFERENCES_STRATEGY", "Normal"),
                Map.entry(NIST + "MAX_MESSAGE_SIZE", String.valueOf(limits.messageOctets())),
                // Leak guards, in seconds; an INVITE that waits for a person lives ten minutes.
                Map.entry(NIST + "MAX_TX_LIFETIME_INVITE", "900"),
                Map.entry(NIST + "MAX_TX_LIFETIME_NON_INVITE", "40"),
                Map.entry(NIST + "MAX_LISTENER_RESPONSE_TIME", "60"),
                // Not our transports' concern, but their defaults start threads and timers.
                Map.entry(NIST + "CONGESTION_CONTROL_TIMEOUT", "0"),
                Map.entry(NIST + "DELIVER_UNSOLICITED_NOTIFY", "true")));
        return properties;
    }
}
