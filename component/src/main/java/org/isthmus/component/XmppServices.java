package org.isthmus.component;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.isthmus.component.conversation.EventLog;
import org.isthmus.component.conversation.Refusals;
import org.isthmus.component.conversation.StanzaInbound;
import org.isthmus.component.xmpp.service.Contacts;
import org.isthmus.component.xmpp.service.GatewayServices;
import org.isthmus.component.xmpp.service.PresenceNotCarried;
import org.isthmus.component.xmpp.stanza.PendingIqs;
import org.isthmus.component.xmpp.stanza.StanzaDispatcher;
import org.isthmus.component.xmpp.stanza.StanzaOut;
import org.isthmus.mappings.AddressMapper;
import org.isthmus.mappings.DomainMappings;

/** What the XMPP edge does with everything it reads, and what the gateway says of itself. */
final class XmppServices {

    /** Names the software in capabilities (XEP-0115 §4); no page has to be there. */
    private static final String CAPS_NODE = "https://isthmus.example/gateway";

    private XmppServices() {}

    static StanzaDispatcher dispatcher(
            String version,
            StanzaInbound messages,
            PendingIqs questions,
            StanzaOut out,
            ScheduledExecutorService timers,
            Supplier<AddressMapper> mapper,
            Supplier<DomainMappings> mappings,
            Supplier<String> ids,
            Refusals refusals,
            EventLog log) {
        long began = System.nanoTime();
        GatewayServices services = new GatewayServices(
                new GatewayServices.About("SIP gateway", "Isthmus", version, CAPS_NODE),
                Contacts.of(mapper, mappings),
                device -> List.of(),
                () -> Duration.ofNanos(System.nanoTime() - began),
                List.of());
        return new StanzaDispatcher(
                messages,
                new PresenceNotCarried(out, refusals),
                services.responders(),
                questions,
                out,
                timers,
                ids,
                refusals,
                log);
    }
}
