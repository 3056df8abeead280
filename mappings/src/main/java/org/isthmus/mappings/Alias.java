package org.isthmus.mappings;

import org.xmpp.packet.JID;

/**
 * One person whose two addresses are written down instead of computed.
 *
 * @param mapping name of the entry whose population the person belongs to
 * @param jid bare JID
 * @param uri address of record
 */
public record Alias(String mapping, JID jid, SipUri uri) {

    public Alias {
        jid = jid.asBareJID();
        uri = uri.aor();
    }
}
