package org.isthmus.translation.vectors;

import java.util.Optional;
import org.isthmus.mappings.Crossing;
import org.isthmus.mappings.Jids;
import org.isthmus.mappings.SipUri;
import org.xmpp.packet.JID;

/** Addresses in tests are the same on both networks; the resource is the {@code gr} parameter. */
public final class People {

    private People() {}

    public static JID jid(String text) {
        return Jids.parse(text);
    }

    public static SipUri uri(JID jid) {
        SipUri bare = SipUri.of(jid.getNode(), jid.getDomain());
        return jid.getResource() == null ? bare : bare.withParam("gr", jid.getResource());
    }

    public static JID jid(SipUri uri) {
        return Jids.of(uri.user().orElseThrow(), uri.host(), uri.gr().orElse(null));
    }

    /** What the mapping says about an XMPP user and a SIP user. */
    public static Crossing crossing(JID xmppUser, JID sipUser) {
        return new Crossing("test", "partner", xmppUser, sipUser, uri(sipUser), uri(xmppUser));
    }

    public static Crossing crossing(SipUri sipUser, SipUri xmppUser) {
        return new Crossing("test", "partner", jid(xmppUser), jid(sipUser), sipUser, xmppUser);
    }

    public static Optional<String> text(com.fasterxml.jackson.databind.JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.get(field).asText()) : Optional.empty();
    }
}
