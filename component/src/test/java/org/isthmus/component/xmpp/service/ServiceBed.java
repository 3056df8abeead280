package org.isthmus.component.xmpp.service;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.isthmus.component.xmpp.stanza.DispatchBed;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.DomainMapping;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.DomainMappings;
import org.isthmus.mappings.RecentSpellings;

/** The gateway's services on two component domains: one for campus.example, one for every other SIP domain. */
final class ServiceBed {

    static final String NODE = "urn:isthmus:test";

    private ServiceBed() {}

    /** Only the mapping of one domain. */
    static DispatchBed plain(Row... further) {
        return bed(List.of(campus()), further);
    }

    /** With a catch-all for foreign domains at sip.hospital.example's neighbour. */
    static DispatchBed withCatchAll() {
        return bed(List.of(
                campus(),
                new DomainMapping(
                        "others",
                        "trunk",
                        new SipUsers(DomainMapping.ANY, "gw.hospital.example", Style.ESCAPED),
                        new XmppUsers("hospital.example", "hospital.example"))));
    }

    private static DomainMapping campus() {
        return new DomainMapping(
                "campus",
                "campus",
                new SipUsers("campus.example", "sip.hospital.example", Style.PLAIN),
                new XmppUsers("hospital.example", "hospital.example"));
    }

    static GatewayServices services(List<DomainMapping> mappings, List<Row> further) {
        DomainMappings compiled = DomainMappings.of(mappings, List.of());
        AddressMapper mapper = new AddressMapper(compiled, new RecentSpellings(100));
        Supplier<DomainMappings> inForce = () -> compiled;
        return new GatewayServices(
                new GatewayServices.About("SIP gateway", "Isthmus", "1.2", NODE),
                Contacts.of(() -> mapper, inForce),
                device -> List.of("urn:test:device"),
                () -> Duration.ofSeconds(4242),
                further);
    }

    private static DispatchBed bed(List<DomainMapping> mappings, Row... further) {
        return new DispatchBed(services(mappings, List.of(further)).responders());
    }
}
