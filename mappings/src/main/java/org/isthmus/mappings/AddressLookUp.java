package org.isthmus.mappings;

import org.xmpp.packet.JID;

/**
 * One address and what it becomes, for an operator who asks.
 *
 * @param mapping name of the entry; the first of the file when several show the same person
 * @param jid the address on the XMPP network; full when the other names an instance
 * @param uri the address on the SIP network, canonical
 * @param home on which network the person lives
 * @param why which rule of the mappings decided, in words
 */
public record AddressLookUp(String mapping, JID jid, SipUri uri, Home home, String why) {

    /** Where the person lives. */
    public enum Home {
        /** An XMPP user; the URI is her appearance. */
        XMPP,
        /** A SIP user; the JID is her appearance. */
        SIP
    }
}
