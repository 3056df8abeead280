package org.isthmus.component.xmpp.service;

import java.util.EnumSet;
import java.util.regex.Pattern;
import org.isthmus.component.xmpp.stanza.IqAnswer;
import org.isthmus.component.xmpp.stanza.IqRequest;
import org.isthmus.component.xmpp.stanza.IqResponder;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.isthmus.mappings.SipUri;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/** The card of a SIP user: who it is on the other network (XEP-0054). */
final class ContactVCard implements IqResponder {

    static final String NAMESPACE = "vcard-temp";

    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{3,}");

    private final Contacts contacts;
    private final String gatewayName;

    private ContactVCard(Contacts contacts, String gatewayName) {
        this.contacts = contacts;
        this.gatewayName = gatewayName;
    }

    static Row row(Contacts contacts, String gatewayName) {
        return Row.of(
                NAMESPACE,
                "vCard",
                EnumSet.of(Verb.GET),
                EnumSet.allOf(IqTarget.class),
                new ContactVCard(contacts, gatewayName));
    }

    @Override
    public void answer(IqRequest request, IqAnswer answer) {
        if (request.target() == IqTarget.COMPONENT) {
            answer.result(XmlElement.builder(NAMESPACE, "vCard")
                    .child("FN", gatewayName)
                    .build());
            return;
        }
        contacts.uriOf(request.to())
                .fold(
                        uri -> {
                            answer.result(card(uri, request.to().asBareJID()));
                            return null;
                        },
                        (reason, detail) -> {
                            // The same for all reasons: who exists is nobody's business (XEP-0054 §3.3).
                            answer.error(StanzaCondition.SERVICE_UNAVAILABLE);
                            return null;
                        });
    }

    private static XmlElement card(SipUri uri, JID contact) {
        XmlElement.Builder card = XmlElement.builder(NAMESPACE, "vCard").child("FN", uri.toString());
        uri.user()
                .filter(user -> NUMBER.matcher(user).matches())
                .ifPresent(number -> card.child(XmlElement.builder(NAMESPACE, "TEL")
                        .child("NUMBER", number)
                        .build()));
        return card.child("URL", uri.toString())
                .child("JABBERID", contact.toString())
                .build();
    }
}
