package org.isthmus.component;

import java.util.List;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.Ids;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.StanzaInbound;
import org.isthmus.component.xmpp.XmppEdge;
import org.isthmus.component.xmpp.service.PresenceNotCarried;
import org.isthmus.component.xmpp.stanza.IqResponders;
import org.isthmus.component.xmpp.stanza.PendingIqs;
import org.isthmus.component.xmpp.stanza.StanzaDispatcher;

/** What the XMPP edge does with everything it reads. */
final class XmppServices {

    private XmppServices() {}

    static StanzaDispatcher dispatcher(
            StanzaInbound messages, PendingIqs questions, XmppEdge xmpp, Ids ids, Refusals refusals, EventLog log) {
        return new StanzaDispatcher(
                messages,
                new PresenceNotCarried(xmpp, refusals),
                new IqResponders(List.of()),
                questions,
                xmpp,
                xmpp.timers(),
                ids,
                refusals,
                log);
    }
}
