package org.isthmus.component.xmpp.stanza;

import org.xmpp.packet.JID;

/** What an IQ is addressed to. */
public enum IqTarget {
    /** The gateway itself: the component's domain. */
    COMPONENT,
    /** A SIP user: a bare JID. */
    CONTACT,
    /** One device of a SIP user: a full JID. */
    DEVICE;

    /** What this address means on a component's domain. */
    public static IqTarget of(JID address) {
        if (address.getNode() == null) {
            return COMPONENT;
        }
        return address.getResource() == null ? CONTACT : DEVICE;
    }
}
