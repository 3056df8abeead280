package org.isthmus.component.xmpp.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.isthmus.component.xmpp.service.DiscoInfo.Identity;
import org.isthmus.component.xmpp.stanza.IqResponders;
import org.isthmus.component.xmpp.stanza.IqResponders.Row;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.xmpp.packet.JID;

/**
 * Everything the gateway answers for itself and its contacts, as one table; further rows (byte streams, commands) are given
 * to the constructor and show up in discovery by the features they name.
 */
public final class GatewayServices {

    /** Says that localparts are escaped (XEP-0106 §6); written with the escape it announces. */
    private static final String JID_ESCAPING = "jid\\20escaping";

    private final List<Row> rows = new ArrayList<>();
    private final Capabilities capabilities;

    /**
     * What the services say of the gateway.
     *
     * @param name for people, for example in a contact list
     * @param software name of the software
     * @param version of the software
     * @param capsNode names the software in capabilities: a URI without {@code #}
     */
    public record About(String name, String software, String version, String capsNode) {}

    /** What a contact's device can do beyond what the rows say, such as chat states; asked for each question. */
    @FunctionalInterface
    public interface DeviceFeatures {
        List<String> of(JID device);
    }

    /**
     * @param uptime of the gateway
     * @param further rows of others
     */
    public GatewayServices(
            About about,
            Contacts contacts,
            DeviceFeatures deviceFeatures,
            Supplier<Duration> uptime,
            List<Row> further) {
        this.capabilities = new Capabilities(about.capsNode(), (target, address) -> switch (target) {
            case COMPONENT -> info("gateway", "simple", about.name(), target, List.of(JID_ESCAPING));
            case CONTACT -> info("account", "registered", "", target, List.of());
            case DEVICE -> info("client", "phone", about.software(), target, deviceFeatures.of(address));
        });
        rows.addAll(Disco.rows(capabilities, contacts));
        rows.addAll(Trivia.rows(about.software(), about.version(), uptime));
        rows.add(GatewayPrompt.row(contacts));
        rows.add(ContactVCard.row(contacts, about.name()));
        rows.addAll(further);
    }

    /** The table. */
    public IqResponders responders() {
        return new IqResponders(rows);
    }

    /** What addresses of the gateway can do, for their presence. */
    public Capabilities capabilities() {
        return capabilities;
    }

    private DiscoInfo info(String category, String type, String name, IqTarget target, List<String> more) {
        List<String> features = new ArrayList<>(IqResponders.features(rows, target));
        if (target == IqTarget.DEVICE) {
            features.add(Capabilities.NAMESPACE);
        }
        features.addAll(more);
        return DiscoInfo.of(new Identity(category, type, "", name), features);
    }
}
