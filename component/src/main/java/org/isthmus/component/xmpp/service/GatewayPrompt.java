package org.isthmus.component.xmpp.service;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.isthmus.component.conversation.Refusal;
import org.isthmus.component.conversation.Texts;
import org.isthmus.component.xmpp.stanza.IqAnswer;
import org.isthmus.component.xmpp.stanza.IqRequest;
import org.isthmus.component.xmpp.stanza.IqResponder;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqResponders.Verb;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.translation.error.StanzaCondition;
import org.isthmus.translation.error.StanzaError;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/** Turns a typed SIP address into the JID of a contact ({@code jabber:iq:gateway}, XEP-0100 §6.3). */
final class GatewayPrompt implements IqResponder {

    static final String NAMESPACE = "jabber:iq:gateway";

    private final Contacts contacts;

    private GatewayPrompt(Contacts contacts) {
        this.contacts = contacts;
    }

    static Row row(Contacts contacts) {
        return Row.of(
                NAMESPACE,
                "query",
                EnumSet.allOf(Verb.class),
                EnumSet.of(IqTarget.COMPONENT),
                new GatewayPrompt(contacts));
    }

    @Override
    public void answer(IqRequest request, IqAnswer answer) {
        List<XmlElement> children = request.payload().elements();
        if (!request.set()) {
            if (children.isEmpty()) {
                answer.result(prompt(request.lang()));
            } else {
                answer.error(StanzaCondition.BAD_REQUEST);
            }
            return;
        }
        String typed = children.size() == 1 && children.get(0).is(NAMESPACE, "prompt")
                ? children.get(0).text().strip()
                : "";
        if (typed.isEmpty()) {
            answer.error(StanzaCondition.BAD_REQUEST);
            return;
        }
        TypedAddress.read(typed, contacts.sipDomainOf(request.to().getDomain()))
                .flatMap(contacts::jidOf)
                .fold(
                        jid -> {
                            answer.result(jid(jid));
                            return null;
                        },
                        (reason, detail) -> {
                            answer.error(refusal(request.lang(), reason, detail));
                            return null;
                        });
    }

    /** Whatever is wrong, it is wrong with what was typed, and typing something else helps. */
    private static StanzaError refusal(Optional<String> lang, AddressRefusal reason, String detail) {
        return StanzaError.of(
                StanzaCondition.NOT_ACCEPTABLE, Texts.of(Refusal.of(reason).key(), lang, detail));
    }

    private static XmlElement prompt(Optional<String> lang) {
        return XmlElement.builder(NAMESPACE, "query")
                .child("desc", Texts.of("gateway-prompt-description", lang))
                .child("prompt", Texts.of("gateway-prompt", lang))
                .build();
    }

    private static XmlElement jid(JID jid) {
        return XmlElement.builder(NAMESPACE, "query")
                .child("jid", jid.toString())
                .build();
    }
}
