package org.isthmus.translation.presence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.isthmus.translation.payload.Idle;
import org.isthmus.translation.xml.XmlElement;
import org.xmpp.packet.JID;

/**
 * What a watcher has to be told when one state of somebody's devices follows another (RFC 3922 §6.3.1): only what changed,
 * and {@code unavailable} for each device that is in the newer state no more.
 */
public final class PresenceChanges {

    private PresenceChanges() {}

    /**
     * The stanzas, new and changed devices first, so that somebody who changes devices is never seen to leave.
     *
     * @param before what was last sent, one a device
     * @param now the whole newer state, one a device
     */
    public static List<PresenceStanza> between(List<PresenceStanza> before, List<PresenceStanza> now) {
        Map<JID, PresenceStanza> last = new LinkedHashMap<>();
        before.forEach(presence -> last.put(presence.from(), presence));
        List<PresenceStanza> changes = new ArrayList<>();
        for (PresenceStanza presence : now) {
            PresenceStanza known = last.get(presence.from());
            boolean news = known == null || !said(known).equals(said(presence));
            boolean leaves = presence.type() == PresenceStanza.Type.UNAVAILABLE;
            if (news && !leaves) {
                changes.add(presence);
            }
        }
        for (PresenceStanza presence : now) {
            PresenceStanza known = last.get(presence.from());
            if (presence.type() == PresenceStanza.Type.UNAVAILABLE
                    && (known == null || !said(known).equals(said(presence)))) {
                changes.add(presence);
            }
        }
        Set<JID> there = now.stream().map(PresenceStanza::from).collect(Collectors.toSet());
        for (PresenceStanza known : before) {
            if (!there.contains(known.from()) && known.type() == PresenceStanza.Type.AVAILABLE) {
                changes.add(PresenceStanza.builder(known.from(), known.to())
                        .type(PresenceStanza.Type.UNAVAILABLE)
                        .build());
            }
        }
        return changes;
    }

    /** What a presence says: seconds of idleness grow by themselves and are no news. */
    private static PresenceStanza said(PresenceStanza presence) {
        List<XmlElement> payloads = presence.payloads().stream()
                .filter(payload -> !Idle.isCounter(payload))
                .toList();
        return new PresenceStanza(
                presence.from(),
                presence.to(),
                presence.id(),
                presence.type(),
                presence.lang(),
                presence.show(),
                presence.statuses(),
                presence.priority(),
                presence.error(),
                payloads);
    }
}
