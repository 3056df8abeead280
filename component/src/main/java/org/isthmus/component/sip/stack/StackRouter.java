package org.isthmus.component.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/** The next hop is the one its sender noted on the request; addresses are resolved before JAIN-SIP. Built by JAIN-SIP. */
public final class StackRouter implements Router {

    /** The signature that JAIN-SIP calls. */
    public StackRouter(SipStack stack, String outboundProxy) {}

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (request instanceof SIPMessage message && message.getApplicationData() instanceof Hop hop) {
            return hop;
        }
        throw new SipException("request without a next hop");
    }

    @Override
    @Deprecated
    @SuppressWarnings({"rawtypes", "InlineMeSuggester"}) // JAIN-SIP's signature
    public ListIterator getNextHops(Request request) {
        return Collections.emptyListIterator();
    }

    @Override
    @SuppressWarnings("NullAway") // no default route is expressed as null
    public Hop getOutboundProxy() {
        return null;
    }
}
