package org.isthmus.mappings;

import org.xmpp.packet.JID;

/**
 * Two people and their appearance on each other's network: free of direction, the result of mapping both addresses of a
 * stanza or a request at once.
 *
 * @param mapping name of the mapping entry that joins them
 * @param partner name of the SIP partner of that entry
 * @param xmppUser the XMPP user as known at home; full when the stanza or the {@code gr} parameter names a resource
 * @param sipUserAsJid the SIP user as XMPP sees her; full when the URI names an instance
 * @param sipUser the SIP user as known at home and as SIP last spelled her, for the wire
 * @param xmppUserAsUri the XMPP user as SIP sees him, the resource as {@code gr} (RFC 7247 §6.5)
 * @param sipAor the SIP user's address of record in its one canonical spelling, whatever case SIP used: for keys, never for the
 *     wire
 */
public record Crossing(
        String mapping,
        String partner,
        JID xmppUser,
        JID sipUserAsJid,
        SipUri sipUser,
        SipUri xmppUserAsUri,
        SipUri sipAor) {

    /** A crossing whose SIP user is spelled canonically. */
    public Crossing(
            String mapping, String partner, JID xmppUser, JID sipUserAsJid, SipUri sipUser, SipUri xmppUserAsUri) {
        this(mapping, partner, xmppUser, sipUserAsJid, sipUser, xmppUserAsUri, sipUser.aor());
    }
}
