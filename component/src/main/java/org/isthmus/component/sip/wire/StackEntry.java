package org.isthmus.component.sip.wire;

import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.text.ParseException;

/** Hands messages to JAIN-SIP's transaction layer as its own channels do: find the transaction, process, release it. */
public final class StackEntry {

    private StackEntry() {}

    /** A response; unknown ones end at the listener without a transaction. */
    public static void response(SIPTransactionStack stack, SIPResponse response, MessageChannel channel)
            throws ParseException {
        response.checkHeaders();
        ServerResponseInterface found = stack.newSIPServerResponse(response, channel);
        if (found == null) {
            return;
        }
        try {
            if (!(found instanceof SIPClientTransaction client) || client.checkFromTag(response)) {
                found.processResponse(response, channel);
            }
        } finally {
            if (found instanceof SIPTransaction transaction && !transaction.passToListener()) {
                transaction.releaseSem();
            }
        }
    }
}
