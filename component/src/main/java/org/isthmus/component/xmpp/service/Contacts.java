package org.isthmus.component.xmpp.service;

import java.util.Optional;
import java.util.function.Supplier;
import org.isthmus.mappings.AddressLookUp;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.AddressRefusal;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.Mapped;
import org.isthmus.mappings.SipUri;
import org.xmpp.packet.JID;

/** SIP users as contacts of XMPP users. Pure look-ups; any thread. */
public interface Contacts {

    /** The SIP user behind the JID of a contact, as known at home. */
    Mapped<SipUri> uriOf(JID contact);

    /** The JID under which XMPP users reach a SIP user. */
    Mapped<JID> jidOf(SipUri sipUser);

    /** The SIP domain that a name without one belongs to, when it was typed at this component. */
    Optional<String> sipDomainOf(String component);

    /** Contacts by the mappings in force. */
    static Contacts of(Supplier<AddressMapper> mapper, Supplier<DomainMappings> mappings) {
        return new Contacts() {
            @Override
            public Mapped<SipUri> uriOf(JID contact) {
                return sipOnly(mapper.get().lookUp(contact))
                        .map(found -> found.uri().aor());
            }

            @Override
            public Mapped<JID> jidOf(SipUri sipUser) {
                return sipOnly(mapper.get().lookUp(sipUser))
                        .map(found -> found.jid().asBareJID());
            }

            @Override
            public Optional<String> sipDomainOf(String component) {
                return mappings.get().all().stream()
                        .map(DomainMapping::sipUsers)
                        .filter(users -> users.appearAs().equals(component)
                                && users.style() == DomainMapping.Style.PLAIN
                                && !users.domain().equals(DomainMapping.ANY))
                        .map(DomainMapping.SipUsers::domain)
                        .findFirst();
            }

            private Mapped<AddressLookUp> sipOnly(Mapped<AddressLookUp> found) {
                return found.flatMap(address -> address.home() == AddressLookUp.Home.SIP
                        ? Mapped.ok(address)
                        : Mapped.refused(AddressRefusal.SAME_NETWORK, address.jid() + " is an XMPP user"));
            }
        };
    }
}
