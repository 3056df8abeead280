package org.isthmus.component.xmpp.service;

import java.util.EnumSet;
import java.util.List;
import org.isthmus.component.xmpp.stanza.IqAnswer;
import org.isthmus.component.xmpp.stanza.IqRequest;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.xml.XmlElement;

/** Service discovery (XEP-0030) of the gateway and its contacts. */
final class Disco {

    static final String ITEMS = "http://jabber.org/protocol/disco#items";

    private final Capabilities capabilities;
    private final Contacts contacts;

    private Disco(Capabilities capabilities, Contacts contacts) {
        this.capabilities = capabilities;
        this.contacts = contacts;
    }

    static List<Row> rows(Capabilities capabilities, Contacts contacts) {
        Disco disco = new Disco(capabilities, contacts);
        EnumSet<Verb> get = EnumSet.of(Verb.GET);
        EnumSet<IqTarget> all = EnumSet.allOf(IqTarget.class);
        return List.of(
                Row.of(DiscoInfo.NAMESPACE, "query", get, all, disco::info),
                Row.of(ITEMS, "query", get, all, disco::items));
    }

    private void info(IqRequest request, IqAnswer answer) {
        if (unknown(request)) {
            answer.error(StanzaCondition.SERVICE_UNAVAILABLE);
            return;
        }
        capabilities
                .at(request.to(), request.payload().attribute("node"))
                .ifPresentOrElse(
                        info -> answer.result(info.toXml(request.payload().attribute("node"))),
                        () -> answer.error(StanzaCondition.ITEM_NOT_FOUND));
    }

    /** Never a list of the SIP users; nothing else is below the gateway either. */
    private void items(IqRequest request, IqAnswer answer) {
        if (unknown(request)) {
            answer.error(StanzaCondition.SERVICE_UNAVAILABLE);
        } else if (request.payload().attribute("node").isPresent()) {
            answer.error(StanzaCondition.ITEM_NOT_FOUND);
        } else {
            answer.result(XmlElement.empty(ITEMS, "query"));
        }
    }

    /** One answer for "no such user" and "not for you", so that nobody can list users by asking (XEP-0030 §7, §8). */
    private boolean unknown(IqRequest request) {
        return request.target() != IqTarget.COMPONENT
                && contacts.uriOf(request.to()).fold(known -> false, (reason, detail) -> true);
    }
}
