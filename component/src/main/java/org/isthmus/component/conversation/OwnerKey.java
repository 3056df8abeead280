package org.isthmus.component.conversation;

import org.isthmus.mappings.Crossing;
import org.isthmus.mappings.SipUri;
import org.xmpp.packet.JID;

/** Who owns a piece of relay state. The key chooses the stripe; owners of different keys never read each other's state. */
public sealed interface OwnerKey {

    /**
     * Two people, whoever speaks: both directions share one owner and so keep their order.
     *
     * @param xmppUser bare JID
     * @param sipUser address of record
     */
    record Pair(JID xmppUser, SipUri sipUser) implements OwnerKey {

        /** The pair of a crossing, resources and instances dropped. */
        public static Pair of(Crossing crossing) {
            return new Pair(crossing.xmppUser().asBareJID(), crossing.sipAor());
        }
    }

    /**
     * One XMPP user as SIP watches him: the aggregate of his resources.
     *
     * @param xmppUser bare JID
     */
    record Presentity(JID xmppUser) implements OwnerKey {}

    /**
     * One SIP address that requests go to, whoever sends them.
     *
     * @param aor address of record
     */
    record Target(SipUri aor) implements OwnerKey {}
}
