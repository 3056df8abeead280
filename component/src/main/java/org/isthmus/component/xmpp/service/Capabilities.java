package org.isthmus.component.xmpp.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.isthmus.component.xmpp.stanza.IqTarget;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * What the gateway's own entities say of themselves, now and a while ago: whoever saw an older hash may still ask what it
 * stood for (XEP-0115 §6.2). Any thread.
 */
public final class Capabilities {

    /** XEP-0115. */
    public static final String NAMESPACE = "http://jabber.org/protocol/caps";

    /** How many older sets are remembered. */
    static final int REMEMBERED = 64;

    /** Decides what an address of the gateway can do at this moment. */
    @FunctionalInterface
    public interface Source {
        DiscoInfo of(IqTarget target, JID address);
    }

    private final String node;
    private final Source source;
    private final Map<String, DiscoInfo> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, DiscoInfo> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param node names the software, without {@code #} (XEP-0115 §4)
     * @param source asked for each question
     */
    public Capabilities(String node, Source source) {
        this.node = node;
        this.source = source;
    }

    /** What this address can do. */
    public DiscoInfo of(JID address) {
        return source.of(IqTarget.of(address), address);
    }

    /** The {@code <c/>} that goes into the presence of this address (XEP-0115 §4). */
    public XmlElement element(JID address) {
        DiscoInfo info = of(address);
        String ver = CapsVer.of(info);
        synchronized (shown) {
            shown.put(ver, info);
        }
        return XmlElement.builder(NAMESPACE, "c")
                .attribute("hash", "sha-1")
                .attribute("node", node)
                .attribute("ver", ver)
                .build();
    }

    /**
     * What a node of an address stands for: the address itself without a node, the present set or an older one for the
     * node of our software, nothing for any other.
     */
    Optional<DiscoInfo> at(JID address, Optional<String> asked) {
        DiscoInfo present = of(address);
        if (asked.isEmpty() || asked.get().isEmpty()) {
            return Optional.of(present);
        }
        String prefix = node + "#";
        if (!asked.get().startsWith(prefix)) {
            return Optional.empty();
        }
        String ver = asked.get().substring(prefix.length());
        if (CapsVer.of(present).equals(ver)) {
            return Optional.of(present);
        }
        synchronized (shown) {
            return Optional.ofNullable(shown.get(ver));
        }
    }
}
