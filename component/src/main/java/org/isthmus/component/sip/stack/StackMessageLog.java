package org.isthmus.component.sip.stack;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/** JAIN-SIP's message trace, which writes bodies: silent. Built by JAIN-SIP. */
public final class StackMessageLog implements ServerLogger {

    /** The signature that JAIN-SIP calls. */
    public StackMessageLog() {}

    @Override
    public void closeLogFile() {
        // there is none
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        // never a message
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        // never a message
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        // never a message
    }

    @Override
    public void logException(Exception failure) {
        // the stack logger has it
    }

    @Override
    public void setStackProperties(Properties properties) {
        // nothing to set
    }

    @Override
    public void setSipStack(SipStack stack) {
        // nothing to set
    }
}
